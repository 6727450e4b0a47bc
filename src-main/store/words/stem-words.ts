/** Asks the word index's own tokenizer how it knows a word, so that what is highlighted is what was found. */
import type { Table } from '@lancedb/lancedb';

/** Words surely kept, before and after the others: positions count from the first token that is kept. */
const firstWord = 'x0x';
const lastWord = 'x1x';

/** Stems by word; stop words, and what is no word to the index, are left out. */
export async function stemWords(table: Table, words: readonly string[]): Promise<Map<string, string>> {
  const plain = words.map((word) => ({ word, plain: plainForm(word) })).filter((entry) => entry.plain);
  if (plain.length === 0) return new Map();
  const text = [firstWord, ...plain.map((entry) => entry.plain), lastWord].join(' ');
  const tokens = await table.tokenize(text, { column: 'words' });
  if (tokens.at(-1)?.position !== plain.length + 1) return await stemOneByOne(table, plain);
  const inside = tokens.slice(1, -1);
  return new Map(inside.map(({ text: stem, position }) => [plain[position - 1]!.word, stem]));
}

/** Some word was cut in two by the tokenizer, so positions say nothing. */
async function stemOneByOne(
  table: Table,
  words: readonly { word: string; plain: string }[],
): Promise<Map<string, string>> {
  const stems = new Map<string, string>();
  for (const { word, plain } of words) {
    const [first] = await table.tokenize(plain, { column: 'words' });
    if (first) stems.set(word, first.text);
  }
  return stems;
}

/** Letters and digits only, without combining accents; empty where that is not possible. */
function plainForm(word: string): string {
  const isPlain = (text: string) => /^[\p{Alphabetic}\p{N}]+$/u.test(text);
  const folded = word.normalize('NFKD').replace(/\p{M}+/gu, '');
  if (isPlain(folded)) return folded;
  return isPlain(word) ? word : '';
}
