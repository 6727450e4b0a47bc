/** Ninety PDFs that have broken readers before: each ends in a named state, in time, and none takes the others with it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Extraction, ExtractionPool } from '../../../src-main/library/extraction/extraction-pool.ts';

const folder = join(import.meta.dirname, '../../../../shared/data/pdfs');
const isThere = existsSync(folder);
if (!isThere) console.warn(`Skipped: the awkward PDFs are not there (${folder}).`);

const timeoutMs = 30_000;

describe.skipIf(!isThere)('awkward PDFs', () => {
  const pool = new ExtractionPool({ workerCount: 2 });
  const results = new Map<string, Extraction & { milliseconds: number }>();

  beforeAll(async () => {
    const names = readdirSync(folder).filter((name) => name.endsWith('.pdf'));
    const queue = names.values();
    const readNext = async () => {
      for (const name of queue) {
        const startedAtMs = performance.now();
        const extraction = await pool.extract(join(folder, name), { timeoutMs });
        results.set(name, { ...extraction, milliseconds: performance.now() - startedAtMs });
      }
    };
    await Promise.all([readNext(), readNext()]);
  });
  afterAll(() => pool.dispose());

  const outcomeOf = (name: string) => results.get(name)?.outcome;

  it('all end in a named state, counted here', () => {
    const counts: Record<string, number> = {};
    for (const { outcome } of results.values()) counts[outcome.state] = (counts[outcome.state] ?? 0) + 1;
    expect(results.size).toBe(90);
    expect(counts).toEqual({ indexed: 58, scan: 30, encrypted: 2 });
  });

  it('are all read within their time limit', () => {
    for (const [name, { milliseconds }] of results) expect(milliseconds, name).toBeLessThan(timeoutMs);
  });

  it('give a reason a person understands wherever there is no text', () => {
    for (const [name, { outcome }] of results) {
      if (outcome.state !== 'indexed') expect(outcome.reason, name).toMatch(/^[A-Z].{20,}\.$/);
    }
  });

  it('give text that can be stored, with pages that cover it', () => {
    for (const [name, { outcome, contentHash }] of results) {
      expect(contentHash, name).toMatch(/^[0-9a-f]{64}$/);
      if (outcome.state !== 'indexed') continue;
      const { text, pages } = outcome.document;
      expect(text.isWellFormed(), name).toBe(true);
      expect(text.trim(), name).not.toBe('');
      expect(pages[0]!.start, name).toBe(0);
      expect(pages.at(-1)!.end, name).toBe(text.length);
      for (let index = 1; index < pages.length; index++)
        expect(pages[index]!.start, name).toBe(pages[index - 1]!.end);
    }
  });

  it.each([
    ['extract_link.pdf', 2],
    ['issue17730.pdf', 2],
    ['three_pages_with_number.pdf', 3],
  ])('find the pages of %s', (name, pageCount) => {
    const outcome = outcomeOf(name);
    expect(outcome?.state === 'indexed' && outcome.document.pages.length).toBe(pageCount);
  });

  it('find what is encrypted', () => {
    const encrypted = [...results]
      .filter(([, { outcome }]) => outcome.state === 'encrypted')
      .map(([name]) => name);
    expect(encrypted.sort()).toEqual(['bug1782186.pdf', 'encrypted-attachment.pdf']);
  });
});
