/** The banks of words of a library, one for each encoder that made one, and what a search asks of the one in use. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import type { RelatedWords } from '../../search/words/related-words.ts';
import type { RelatedWord } from '../../search/words/word-bank.ts';
import { isPresentBank, type KeptBank, readBank, writeBank } from './word-bank-file.ts';

/** Words that are less alike than this share a subject at most. */
const leastLikeness = 0.4;
const maxRelated = 6;
const maxRemembered = 2000;

type Loaded = KeptBank & { known: Map<string, readonly RelatedWord[]> };

export class WordMeanings {
  readonly #directory: string;
  #loaded: Promise<Loaded | null> | null = null;
  #key: string | null = null;

  /** `directory` is the library's. */
  constructor(directory: string) {
    this.#directory = join(directory, 'words');
  }

  /** Whether the encoder has made something of the library's words, in the form that this release reads. */
  isKept(encoder: TextEncoder): boolean {
    return isPresentBank(this.#pathOf(keyOf(encoder)));
  }

  /** Takes the place of what the encoder made before. */
  async keep(encoder: TextEncoder, kept: KeptBank): Promise<void> {
    const key = keyOf(encoder);
    await writeBank(this.#pathOf(key), kept);
    this.#key = key;
    this.#loaded = Promise.resolve({ ...kept, known: new Map() });
  }

  /** The file may be another now. */
  forget(): void {
    this.#key = null;
    this.#loaded = null;
  }

  /** Removes the banks of all encoders but these, by their ids. */
  async keepOnly(encoderIds: readonly string[]): Promise<void> {
    for (const name of await readdir(this.#directory).catch(() => [])) {
      if (!encoderIds.some((id) => name.startsWith(id)))
        await rm(join(this.#directory, name), { force: true });
    }
  }

  /** Asks the encoder for vectors of words that the library does not have and nobody asked for before. */
  relatedBy(encoder: TextEncoder): RelatedWords {
    return async (words, signal) => {
      const loaded = await this.bankOf(encoder);
      if (!loaded || loaded.bank.parts.dimension !== encoder.dimension) return new Map();
      const { bank, known } = loaded;
      if (known.size > maxRemembered) known.clear();
      const found = new Map<string, readonly RelatedWord[]>();
      for (const { text, terms } of words) {
        const alike = known.get(text) ?? bank.nearestToTerms(terms, leastLikeness, maxRelated);
        if (alike) found.set(text, alike);
      }
      const strange = words.map(({ text }) => text).filter((text) => !found.has(text));
      const options = { priority: 'interactive' as const, ...(signal ? { signal } : {}) };
      const vectors = strange.length > 0 ? await encoder.encode(strange, 'passage', options) : [];
      for (const [at, text] of strange.entries())
        found.set(text, bank.nearest(vectors[at] as Float32Array, leastLikeness, maxRelated));
      for (const [text, alike] of found) known.set(text, alike);
      return found;
    };
  }

  /** What the encoder made of the library's words; null where it has made nothing yet. */
  bankOf(encoder: TextEncoder): Promise<Loaded | null> {
    const key = keyOf(encoder);
    if (this.#key === key && this.#loaded) return this.#loaded;
    this.#key = key;
    this.#loaded = readBank(this.#pathOf(key)).then((kept) => kept && { ...kept, known: new Map() });
    return this.#loaded;
  }

  #pathOf(key: string): string {
    return join(this.#directory, `${key}.bin`);
  }
}

/** An adapter for questions alone leaves words as they are. */
const keyOf = ({ info: { id, adapterId, adaptsPassages } }: TextEncoder): string =>
  adapterId && adaptsPassages ? `${id}-${adapterId}` : id;
