/** Remembers how the word index knows words, because asking its tokenizer costs milliseconds and never changes its answer. */
import type { Table } from '@lancedb/lancedb';
import { stemWords } from './stem-words.ts';

const maxStems = 50_000;

export class StemCache {
  readonly #table: Table;
  /** Empty for a stop word. */
  readonly #stems = new Map<string, string>();

  constructor(table: Table) {
    this.#table = table;
  }

  /** Null for a stop word. */
  async of(words: readonly string[]): Promise<Map<string, string | null>> {
    if (this.#stems.size + words.length > maxStems) this.#stems.clear();
    const unknown = [...new Set(words)].filter((word) => !this.#stems.has(word));
    const stems = await stemWords(this.#table, unknown);
    for (const word of unknown) this.#stems.set(word, stems.get(word) ?? '');
    return new Map(words.map((word) => [word, this.#stems.get(word) || null]));
  }
}
