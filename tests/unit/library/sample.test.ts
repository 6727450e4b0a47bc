/** The sample library is read as a person's own files are: every document is indexed, and every question has its answer where it is said to be. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import { scanFolder } from '../../../src-main/library/watching/scan-folder.ts';

const library = join(import.meta.dirname, '../../../resources/sample-library');
type Question = { question: string; file: string; page: number | null; answer: string };
const questions: Question[] = JSON.parse(readFileSync(join(library, 'questions.json'), 'utf8'));

const read = async (file: string) => {
  const outcome = await extractDocument(basename(file), new Uint8Array(readFileSync(join(library, file))));
  if (outcome.state !== 'indexed') throw new Error(`${file}: ${outcome.state}, ${outcome.reason}`);
  return outcome.document;
};

describe('sample library', () => {
  it('holds documents of every kind, all of them readable, in less than a megabyte', async () => {
    const kinds = new Map<string, number>();
    let bytes = 0;
    for await (const { relativePath, path } of scanFolder(library)) {
      const { kind, text, title } = await read(relativePath);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      bytes += statSync(path).size;
      expect(text.length, relativePath).toBeGreaterThan(500);
      expect(title, relativePath).not.toBe('');
    }
    expect(Object.fromEntries(kinds)).toEqual({ pdf: 3, markdown: 2, text: 2, html: 2, docx: 2, email: 3 });
    expect(bytes).toBeLessThan(1_000_000);
  });

  it('says under which terms it may be used', () => {
    expect(existsSync(join(library, 'LICENSE'))).toBe(true);
    expect(readFileSync(join(library, 'LICENSE'), 'utf8')).toContain('CC0');
  });

  it.each(questions)('answers “$question” in $file', async ({ file, page, answer }) => {
    const { text, pages } = await read(file);
    const at = text.replaceAll('\n', ' ').indexOf(answer);
    expect(at, answer).toBeGreaterThanOrEqual(0);
    const found = pages.find((span) => at >= span.start && at < span.end)?.page ?? null;
    expect(found).toBe(page);
  });
});
