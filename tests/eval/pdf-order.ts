/**
 * Compares the text of PDFs with poppler's: how many neighbouring lines are read in the same order, and how many words poppler finds
 * that we hold. Usage: node tests/eval/pdf-order.ts FOLDER [SOURCE_FOLDER], the latter another state of src-main to measure instead.
 */
import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type PoolModule = typeof import('../../src-main/library/extraction/extraction-pool.ts');
type Page = { text: string };
/** `held` of `words` are in our text; `bodyHeld` of `bodyWords` likewise, running heads and page numbers apart. */
type Figures = {
  pairs: number;
  ordered: number;
  words: number;
  held: number;
  bodyWords: number;
  bodyHeld: number;
};

const [folder, source = join(import.meta.dirname, '../../src-main')] = process.argv.slice(2);
if (!folder) throw new Error('Usage: node tests/eval/pdf-order.ts FOLDER [SOURCE_FOLDER]');
const poolFile = pathToFileURL(resolve(source, 'library/extraction/extraction-pool.ts')).href;
const { ExtractionPool } = (await import(poolFile)) as PoolModule;

const wordPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+(?:[\-\u00ad\u2010]\n?[[\p{L}\p{M}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]]+)*/gv;

/** A line shorter than this, in letters and digits, may stand anywhere on its page, so that it proves no order. */
const minLineLetters = 12;
/** Letters that may come between two lines in order: a footnote's mark, a line's number, a sign that poppler leaves out. */
const maxLettersBetween = 6;

const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.pdf')).sort();
const pool = new ExtractionPool({ workerCount: 2 });
const orders: number[] = [];
const shares: number[] = [];
const bodyShares: number[] = [];
const totalMs = { ours: 0 };
console.log('order  pairs  words  held   body     ms  file');
for (const name of names) {
  const path = join(folder, name);
  const startedAtMs = performance.now();
  const { outcome } = await pool.extract(path, { timeoutMs: 60_000 });
  const elapsedMs = performance.now() - startedAtMs;
  totalMs.ours += elapsedMs;
  const theirs = popplerPages(path);
  if (theirs === null) continue;
  const document = outcome.state === 'indexed' ? outcome.document : null;
  const ours = document?.pages.map(({ start, end }) => ({ text: document.text.slice(start, end) })) ?? [];
  const figures = compare(theirs, ours);
  if (figures.words === 0) continue;
  const order = figures.pairs > 0 ? figures.ordered / figures.pairs : Number.NaN;
  const share = figures.held / figures.words;
  if (figures.pairs >= 5) orders.push(order);
  shares.push(share);
  const bodyShare = figures.bodyWords > 0 ? figures.bodyHeld / figures.bodyWords : Number.NaN;
  if (figures.bodyWords > 0) bodyShares.push(bodyShare);
  console.log(
    `${order.toFixed(3)}  ${String(figures.pairs).padStart(5)}  ${String(figures.words).padStart(5)}  ${share.toFixed(3)}  ${bodyShare.toFixed(3)}  ` +
      `${elapsedMs.toFixed(0).padStart(5)}  ${relative('.', name)}${outcome.state === 'indexed' ? '' : ` (${outcome.state})`}`,
  );
}
await pool.dispose();
console.log(
  `median order ${median(orders).toFixed(3)} over ${orders.length} files with five pairs of lines or more, mean ${mean(orders).toFixed(3)}, ` +
    `under .8: ${orders.filter((order) => order < 0.8).length}`,
);
printShares('words', shares);
printShares('words, running heads apart', bodyShares);
console.log(`extraction ${(totalMs.ours / 1000).toFixed(1)} s`);

function printShares(what: string, values: readonly number[]): void {
  console.log(
    `median share of ${what} ${median(values).toFixed(3)} over ${values.length} files, mean ${mean(values).toFixed(3)}, ` +
      `under .8: ${values.filter((share) => share < 0.8).length}`,
  );
}

/** Null where poppler cannot open the file. */
function popplerPages(path: string): Page[] | null {
  const { status, stdout } = spawnSync('pdftotext', ['-enc', 'UTF-8', path, '-'], {
    maxBuffer: 200_000_000,
    timeout: 60_000,
  });
  if (status !== 0) return null;
  return stdout
    .toString('utf8')
    .split('\f')
    .map((text) => ({ text }));
}

function compare(theirs: readonly Page[], ours: readonly Page[]): Figures {
  const figures = { pairs: 0, ordered: 0, words: 0, held: 0, bodyWords: 0, bodyHeld: 0 };
  theirs.forEach((page, index) => {
    const text = lettersOf(ours[index]?.text ?? '');
    const lines = page.text
      .split('\n')
      .map(lettersOf)
      .filter((line) => line !== '');
    for (let at = 1; at < lines.length; at++) {
      const [first, second] = [lines[at - 1]!, lines[at]!];
      if (first.length < minLineLetters || second.length < minLineLetters) continue;
      if (!text.includes(first) || !text.includes(second)) continue;
      figures.pairs++;
      if (isFollowed(text, first, second)) figures.ordered++;
    }
  });
  const held = countsOf(ours);
  for (const [word, count] of countsOf(theirs)) {
    figures.words += count;
    figures.held += Math.min(count, held.get(word) ?? 0);
  }
  for (const [word, count] of countsOf(withoutRunningHeads(theirs))) {
    figures.bodyWords += count;
    figures.bodyHeld += Math.min(count, held.get(word) ?? 0);
  }
  return figures;
}

function isFollowed(text: string, first: string, second: string): boolean {
  for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, at + 1)) {
    const end = at + first.length;
    if (text.slice(end, end + maxLettersBetween + second.length).includes(second)) return true;
  }
  return false;
}

/**
 * Hyphens inside words are left out: whether one at the end of a line belongs to the word is judged differently. Chinese and Japanese
 * have no spaces between words, so there each character counts as one.
 */
function countsOf(pages: readonly Page[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text } of pages) {
    for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(wordPattern)) {
      const whole = word.replace(/[-\u00ad\u2010\n]/g, '');
      counts.set(whole, (counts.get(whole) ?? 0) + 1);
    }
  }
  return counts;
}

/** Lines at the edges of three pages or more that differ in their numbers alone: we leave these out on purpose. */
function withoutRunningHeads(pages: readonly Page[]): Page[] {
  const pagesOf = new Map<string, Set<number>>();
  const linesOf = ({ text }: Page) => text.split('\n').filter((line) => line.trim() !== '');
  const patternOf = (line: string) => line.replace(/\d+|\b[ivxl]+\b/g, '#').trim();
  const isEdge = (index: number, count: number) => index < 3 || index >= count - 3;
  pages.forEach((page, number) => {
    const lines = linesOf(page);
    for (const [index, line] of lines.entries()) {
      if (!isEdge(index, lines.length)) continue;
      const pattern = patternOf(line);
      pagesOf.set(pattern, (pagesOf.get(pattern) ?? new Set()).add(number));
    }
  });
  return pages.map((page) => {
    const lines = linesOf(page);
    const kept = lines.filter(
      (line, index) => !isEdge(index, lines.length) || pagesOf.get(patternOf(line))!.size < 3,
    );
    return { text: kept.join('\n') };
  });
}

function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
