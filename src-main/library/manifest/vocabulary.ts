/**
 * The words of a library as they are written, so that a mistyped word of a question can be set right: stems are no help there, since a slip
 * near a word's end changes how it is stemmed. Words of documents that went away stay until the table is made anew, which does no harm: whoever
 * asks looks whether a passage still holds them.
 */
import type { DatabaseSync } from 'node:sqlite';
import { foldWord } from '../../contract/documents/fold-word.ts';
import { splitText } from '../../words/split-text.ts';
import { prepared } from './sqlite/prepared.ts';

const minLength = 4;
const maxLength = 30;
/** One slip in a short word, two in a long one; more make other words. */
const longWord = 8;
const maxSuggestions = 4;
/** Of words known to be there, to ask SQLite for each but once. */
const maxRemembered = 200_000;

export class Vocabulary {
  readonly #database: DatabaseSync;
  readonly #known = new Set<string>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get isEmpty(): boolean {
    return this.#database.prepare('SELECT 1 FROM vocabulary LIMIT 1').get() === undefined;
  }

  /** Inside the caller's transaction; `words` as `vocabularyWords` finds them. */
  add(words: Iterable<string>): void {
    if (this.#known.size > maxRemembered) this.#known.clear();
    const added: string[] = [];
    for (const word of words) {
      if (word === '' || this.#known.has(word)) continue;
      this.#known.add(word);
      added.push(word);
    }
    if (added.length === 0) return;
    // As one statement: thousands of calls take longer than what they write.
    prepared(this.#database, 'INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(?)').run(
      JSON.stringify(added.sort()),
    );
  }

  /** Words that may have been meant, the likeliest first; the first letter counts as right. Empty for a word that is there as it is. */
  similarTo(word: string): string[] {
    const asked = foldWord(word);
    if (asked.length < minLength) return [];
    const allowed = asked.length >= longWord ? 2 : 1;
    const [first] = asked;
    const rows = this.#database
      .prepare('SELECT word FROM vocabulary WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?')
      .all(first as string, nextPrefix(first as string), asked.length - allowed, asked.length + allowed);
    const near = rows
      .map((row) => ({ word: String(row.word), slips: slipsBetween(asked, String(row.word), allowed) }))
      .filter(({ slips }) => slips <= allowed)
      .sort((a, b) => a.slips - b.slips || commonStart(b.word, asked) - commonStart(a.word, asked));
    const least = near[0]?.slips ?? 0;
    return near[0]?.slips === 0
      ? []
      : near
          .filter(({ slips }) => slips === least)
          .slice(0, maxSuggestions)
          .map((entry) => entry.word);
  }
}

/** Words of the texts that can be mistyped, in the form that is compared. */
export function vocabularyWords(texts: Iterable<string>): Set<string> {
  const words = new Set<string>();
  const seen = new Set<string>();
  for (const text of texts) {
    for (const { text: word, script } of splitText(text)) {
      if (script !== 'spaced' || word.length < minLength || word.length > maxLength || seen.has(word))
        continue;
      seen.add(word);
      if (/^\p{L}+$/u.test(word)) words.add(foldWord(word));
    }
  }
  return words;
}

const nextPrefix = (letter: string): string => String.fromCodePoint(letter.codePointAt(0)! + 1);

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

/**
 * Letters left out, added, changed or swapped with their neighbour (optimal string alignment, the common form of Damerau's distance); anything
 * above `most` where there are more.
 */
export function slipsBetween(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let slips = Math.min(row[j - 1]! + (isSame ? 0 : 1), row[j]! + 1, next[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, before[j - 2]! + 1);
      next.push(slips);
      least = Math.min(least, slips);
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length]!;
}
