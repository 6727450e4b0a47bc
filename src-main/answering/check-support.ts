/**
 * Whether passages say what a sentence of an answer says: a check of the product's own, for a model that names a passage need not have read
 * it. It compares words and meaning, and a number that stands in no passage is enough to doubt the sentence. It cannot tell a
 * sentence from its opposite.
 */
import type { AnswerPassage } from '../contract/answers/answers.ts';
import { sentenceSpans } from '../library/passages/sentence-spans.ts';
import type { Comparison } from './similarity.ts';
import { wordCover } from './word-cover.ts';

/** Where words alone suffice; and where they do together with meaning. tests/eval/measure-answers.ts measures. */
export const supportThresholds = { words: 0.75, someWords: 0.4, likeness: 0.5, likenessAlone: 0.75 };

export type Supporters = {
  /** Numbers of the passages that say it; those that the model named come first. */
  supporting: number[];
};

/** `parts` are of each passage's number. */
type Meaning = { comparison: Comparison; parts: Map<number, Float32Array[]> };

export class SupportCheck {
  readonly #passages: readonly AnswerPassage[];
  readonly #meaning: Meaning | null;

  private constructor(passages: readonly AnswerPassage[], meaning: Meaning | null) {
    this.#passages = passages;
    this.#meaning = meaning;
  }

  /** Without an encoder, words alone decide. */
  static async create(
    passages: readonly AnswerPassage[],
    comparison: Comparison | null,
    signal?: AbortSignal,
  ): Promise<SupportCheck> {
    if (!comparison) return new SupportCheck(passages, null);
    const parts = passages.map(({ text }) => partsOf(text));
    const vectors = await comparison.meaningOf(parts.flat(), 'passage', signal);
    let from = 0;
    const byNumber = new Map(
      passages.map(({ number }, index) => {
        const own = vectors.slice(from, from + parts[index]!.length);
        from += own.length;
        return [number, own] as const;
      }),
    );
    return new SupportCheck(passages, { comparison, parts: byNumber });
  }

  async check(sentence: string, named: readonly number[], signal?: AbortSignal): Promise<Supporters> {
    const vector = await this.#vectorOf(sentence, signal);
    const supporting = this.#passages
      .filter((passage) => this.#supports(sentence, vector, passage))
      .map(({ number, text }) => ({
        number,
        isNamed: named.includes(number),
        share: wordCover(sentence, [text]).share,
      }))
      .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.share - a.share);
    const byName = supporting.filter(({ isNamed }) => isNamed);
    // What the model named is what it used; others are found for it only where that says nothing of the kind.
    const chosen = byName.length > 0 ? byName : supporting.slice(0, 2);
    return { supporting: chosen.map(({ number }) => number) };
  }

  /** Of the best passage each: part of the sentence's words, and likeness; for measuring. */
  async strength(sentence: string): Promise<{ words: number; likeness: number }> {
    const vector = await this.#vectorOf(sentence);
    const words = this.#passages.map(({ text }) => wordCover(sentence, [text]).share);
    const likeness = this.#passages.map((passage) => (vector ? this.#likeness(vector, passage) : 0));
    return { words: Math.max(0, ...words), likeness: Math.max(0, ...likeness) };
  }

  async #vectorOf(sentence: string, signal?: AbortSignal): Promise<Float32Array | undefined> {
    return (await this.#meaning?.comparison.meaningOf([sentence], 'passage', signal))?.[0];
  }

  #likeness(vector: Float32Array, { number }: AnswerPassage): number {
    const parts = this.#meaning?.parts.get(number) ?? [];
    return Math.max(0, ...parts.map((part) => this.#meaning!.comparison.toSentence(vector, part)));
  }

  #supports(sentence: string, vector: Float32Array | undefined, passage: AnswerPassage): boolean {
    const { share, missingFigures } = wordCover(sentence, [
      passage.text,
      passage.title,
      ...passage.headingPath,
    ]);
    if (missingFigures.length > 0) return false;
    if (share >= supportThresholds.words) return true;
    if (!this.#meaning || !vector) return false;
    const likeness = this.#likeness(vector, passage);
    if (likeness >= supportThresholds.likenessAlone) return true;
    return share >= supportThresholds.someWords && likeness >= supportThresholds.likeness;
  }
}

/** A passage whole, and each of its sentences. */
function partsOf(text: string): string[] {
  const sentences = sentenceSpans(text, 0, text.length).map(({ start, end }) => text.slice(start, end));
  return [text, ...sentences.slice(0, 20)];
}
