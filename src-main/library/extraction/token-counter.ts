/**
 * Counts tokens in a thread that has no tokenizer: it asks the one that has, and where a text has as many tokens as its words, it asks for
 * each word but once.
 */

/** How an encoder counts. */
export type TokenRules = {
  /** Of the encoder: its counts are not those of another. */
  id: string;
  /** Whether a text has as many tokens as its words between spaces have, each by itself. */
  isByWord: boolean;
};

export type Tokens = TokenRules & { count(texts: readonly string[]): number[] };

const maxRemembered = 200_000;
/** Spaces to every tokenizer. */
const space = /[ \n\r\t]+/;

export class TokenCounter {
  readonly #ask: (texts: string[]) => Promise<number[]>;
  #known = new Map<string, number>([['', 0]]);
  #id: string | null = null;

  constructor(ask: (texts: string[]) => Promise<number[]>) {
    this.#ask = ask;
  }

  /** One count for each text. */
  async count(texts: readonly string[], { id, isByWord }: TokenRules): Promise<number[]> {
    if (!isByWord) return await this.#ask([...texts]);
    if (id !== this.#id || this.#known.size > maxRemembered) this.#known = new Map([['', 0]]);
    this.#id = id;
    const known = this.#known;
    const split = texts.map((text) => text.split(space));
    const unknown = [...new Set(split.flatMap((words) => words.filter((word) => !known.has(word))))];
    const counts = unknown.length > 0 ? await this.#ask(unknown) : [];
    for (const [index, word] of unknown.entries()) known.set(word, counts[index] ?? 0);
    return split.map((words) => words.reduce((sum, word) => sum + known.get(word)!, 0));
  }
}
