/**
 * A folder of files as people have them, the same on every machine: PDF, Markdown, HTML, DOCX and mail, with words by Zipf's law.
 * Usage: node tests/bench/mixed-library.ts FOLDER [FILES]
 */
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { wordDocument } from '../../build/sample-library/write-docx.ts';
import { type PdfStyle, writePdf } from '../../build/sample-library/write-pdf.ts';
import { seededRandom } from '../../src-main/common/seeded-random.ts';
import { SyntheticLibrary } from './synthetic-library.ts';

const kinds = ['pdf', 'md', 'html', 'docx', 'eml'] as const;
const filesPerFolder = 50;
const pdfStyle: PdfStyle = {
  columns: 1,
  body: 'Times-Roman',
  bold: 'Times-Bold',
  size: 11,
  runningHead: 'A synthetic document',
};

/** Writes `count` files below `folder`, a fifth of each kind. Each has its own text. */
export async function writeMixedLibrary(folder: string, count: number): Promise<void> {
  const words = new SyntheticLibrary(1);
  const random = seededRandom('mixed library');
  for (let number = 0; number < count; number++) {
    const directory = join(folder, `folder ${Math.floor(number / filesPerFolder)}`);
    if (number % filesPerFolder === 0) mkdirSync(directory, { recursive: true });
    const kind = kinds[number % kinds.length]!;
    const path = join(directory, `${words.text(2, 200)} ${number}.${kind}`);
    const markdown = makeMarkdown(words, 1 + random.below(4));
    if (kind === 'md') writeFileSync(path, markdown);
    else if (kind === 'html') writeFileSync(path, asHtml(markdown));
    else if (kind === 'docx') writeFileSync(path, wordDocument(markdown));
    else if (kind === 'eml') writeFileSync(path, asMail(markdown));
    else {
      const stream = createWriteStream(path);
      writePdf(markdown, pdfStyle, stream);
      await finished(stream);
    }
  }
}

function makeMarkdown(words: SyntheticLibrary, sections: number): string {
  const sentence = (length: number) => {
    const text = words.text(length);
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  };
  const paragraph = () => Array.from({ length: 5 }, () => sentence(18)).join(' ');
  const parts = [`# ${sentence(4).slice(0, -1)}`];
  for (let section = 0; section < sections; section++) {
    parts.push(`## ${sentence(3).slice(0, -1)}`, paragraph(), paragraph(), paragraph());
  }
  return `${parts.join('\n\n')}\n`;
}

function asHtml(markdown: string): string {
  const blocks = markdown.split('\n\n').map((block) => {
    const heading = /^(#+) (.*)/.exec(block.trim());
    return heading ? `<h${heading[1]!.length}>${heading[2]}</h${heading[1]!.length}>` : `<p>${block}</p>`;
  });
  return `<!doctype html><html><head><title>${/^# (.*)/.exec(markdown)?.[1]}</title></head><body>${blocks.join('\n')}</body></html>`;
}

function asMail(markdown: string): string {
  return [
    'From: Ann <ann@example.org>',
    'To: Bob <bob@example.org>',
    `Subject: ${/^# (.*)/.exec(markdown)?.[1]}`,
    'Date: Tue, 2 Apr 2024 10:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    markdown.replace(/^#+ /gm, ''),
  ].join('\r\n');
}

if (import.meta.main) {
  const [folder, count = '1000'] = process.argv.slice(2);
  if (!folder) throw new Error('Usage: node tests/bench/mixed-library.ts FOLDER [FILES]');
  await writeMixedLibrary(folder, Number(count));
}
