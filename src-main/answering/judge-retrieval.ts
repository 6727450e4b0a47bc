/**
 * Whether what a search found can answer the question at all. A chat model that is given passages about something else makes up an
 * answer from them; so where the best of them neither hold the question's words nor resemble it, none is asked.
 */
import type { AnswerPassage } from '../contract/answers/answers.ts';
import type { Comparison } from './similarity.ts';
import { wordCover } from './word-cover.ts';

/**
 * Any of the four suffices. They are low: a question that has an answer and gets none is worse than a model that is asked in vain, since it
 * may say so itself and its sentences are checked. tests/eval/measure-answers.ts measures.
 */
export const retrievalThresholds = { confidence: 0.35, words: 0.5, likeness: 0.28, both: 0.51 };

export type Retrieval = {
  question: string;
  passages: readonly AnswerPassage[];
  /** The search's own judgement, 0…1; it takes the place of the comparison of words, which it knows better. Null where there is none. */
  confidence: number | null;
};

export async function mayAnswer(
  { question, passages, confidence }: Retrieval,
  comparison: Comparison | null,
  signal?: AbortSignal,
): Promise<boolean> {
  if (confidence !== null && confidence >= retrievalThresholds.confidence) return true;
  const { words, likeness } = await retrievalStrength(question, passages, comparison, signal);
  if (likeness !== null && likeness >= retrievalThresholds.likeness) return true;
  if (confidence !== null) return false;
  return words >= retrievalThresholds.words || words + (likeness ?? 0) >= retrievalThresholds.both;
}

/** Of the best passage each: part of the question's words, and likeness to the question; null without an encoder. */
export async function retrievalStrength(
  question: string,
  passages: readonly AnswerPassage[],
  comparison: Comparison | null,
  signal?: AbortSignal,
): Promise<{ words: number; likeness: number | null }> {
  const words = Math.max(
    0,
    ...passages.map(
      ({ text, title, headingPath }) => wordCover(question, [text, title, ...headingPath]).share,
    ),
  );
  if (!comparison || passages.length === 0) return { words, likeness: null };
  const [asked] = await comparison.meaningOf([question], 'query', signal);
  const found = await comparison.meaningOf(
    passages.map(({ text }) => text),
    'passage',
    signal,
  );
  return { words, likeness: Math.max(...found.map((vector) => comparison.toQuestion(asked!, vector))) };
}
