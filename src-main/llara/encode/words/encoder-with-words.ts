/** An encoder whose queries also know a library's words (see QueryWords); everything else is the inner encoder's. */

import type { EncodedPassage, EncodeOptions, TextEncoder, TextRole } from '../text-encoder.ts';
import type { QueryWords } from './query-words.ts';

export class EncoderWithWords implements TextEncoder {
  readonly #inner: TextEncoder;
  readonly #words: QueryWords;

  constructor(inner: TextEncoder, words: QueryWords) {
    this.#inner = inner;
    this.#words = words;
  }

  get id(): string {
    return this.#inner.id;
  }

  get name(): string {
    return this.#inner.name;
  }

  get adapterId(): string | null {
    return this.#inner.adapterId;
  }

  get adaptsPassages(): boolean {
    return this.#inner.adaptsPassages;
  }

  get neighbourWeight(): number {
    return this.#inner.neighbourWeight;
  }

  get languages(): readonly string[] {
    return this.#inner.languages;
  }

  get dimension(): number {
    return this.#inner.dimension;
  }

  get maxTextTokens(): number {
    return this.#inner.maxTextTokens;
  }

  get device(): string {
    return this.#inner.device;
  }

  async encode(texts: readonly string[], role: TextRole, options?: EncodeOptions): Promise<Float32Array[]> {
    const vectors = await this.#inner.encode(texts, role, options);
    if (role === 'passage') return vectors;
    return vectors.map((vector, index) => this.#words.moved(vector, texts[index] as string));
  }

  encodePassages(texts: readonly string[], options?: EncodeOptions): Promise<EncodedPassage[]> {
    return this.#inner.encodePassages(texts, options);
  }

  get makesWindows(): boolean {
    return this.#inner.makesWindows;
  }

  get countsByWord(): boolean {
    return this.#inner.countsByWord;
  }

  countTokens(texts: readonly string[]): number[] {
    return this.#inner.countTokens(texts);
  }

  dispose(): Promise<void> {
    return this.#inner.dispose();
  }
}
