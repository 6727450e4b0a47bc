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
    const unknown = new Set<string>();
    const waiting: { index: number; words: readonly string[] }[] = [];
    const counted = texts.map((text, index) => {
      const words = text.split(space);
      let sum = 0;
      let isWhole = true;
      for (const word of words) {
        const count = known.get(word);
        if (count !== undefined) sum += count;
        else {
          unknown.add(word);
          isWhole = false;
        }
      }
      if (!isWhole) waiting.push({ index, words });
      return sum;
    });
    if (unknown.size === 0) return counted;
    const asked = [...unknown];
    const counts = await this.#ask(asked);
    for (const [index, word] of asked.entries()) known.set(word, counts[index] ?? 0);
    for (const { index, words } of waiting)
      counted[index] = words.reduce((sum, word) => sum + known.get(word)!, 0);
    return counted;
  }
}
