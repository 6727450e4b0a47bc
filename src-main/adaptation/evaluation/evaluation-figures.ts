/** What two lists of ranks say of each other: figures of all questions, of each kind, and the questions whose answer moved furthest. */
import type { AdaptationFigures, MovedQuestion } from '../../contract/adaptation.ts';
import { shortKinds } from '../pairs/short-questions.ts';
import { type AnswerRanks, type EvaluationQuestion, lastRank } from './answer-ranks.ts';
import { pairedStatistics } from './paired-statistics.ts';
import { mean, ndcg10, reciprocalRank10 } from './rank-measures.ts';

/** Of questions whose answer moved up, and of those whose answer moved down. */
const shownQuestions = 5;

type Questions = readonly EvaluationQuestion[];
type Compared = { before: readonly number[]; after: readonly number[]; questions: Questions };

const isShort = ({ kind }: EvaluationQuestion) => (shortKinds as readonly string[]).includes(kind);

export function figuresOf(
  before: AnswerRanks,
  after: AnswerRanks,
  questions: Questions,
  { seed, titles }: { seed: number; titles: ReadonlyMap<string, string> },
): AdaptationFigures {
  const dense = only((question) => !isShort(question), {
    before: before.dense,
    after: after.dense,
    questions,
  });
  const hybrid: Compared = { before: before.hybrid, after: after.hybrid, questions };
  const kinds = [...new Set(questions.map(({ kind }) => kind))];
  return {
    ...sizeAndGain(dense),
    mrr10Before: mean(dense.before.map(reciprocalRank10)),
    mrr10After: mean(dense.after.map(reciprocalRank10)),
    ...difference(dense, seed),
    hybrid: { ...sizeAndGain(hybrid), ...difference(hybrid, seed) },
    short: difference(only(isShort, hybrid), seed),
    kinds: kinds.map((kind) => ({
      kind,
      ...sizeAndGain(only((question) => question.kind === kind, hybrid)),
    })),
    moved: movedFurthest(hybrid, titles),
  };
}

/** Measures of the questions about what passages say, by vectors alone. */
export function aboutPassages({ dense }: AnswerRanks, questions: Questions) {
  const ranks = dense.filter((_, index) => !isShort(questions[index] as EvaluationQuestion));
  return { ndcg10: mean(ranks.map(ndcg10)), mrr10: mean(ranks.map(reciprocalRank10)) };
}

function only(
  isWanted: (question: EvaluationQuestion) => boolean,
  { before, after, questions }: Compared,
): Compared {
  const filtered = <Value>(values: readonly Value[]) =>
    values.filter((_, index) => isWanted(questions[index] as EvaluationQuestion));
  return { before: filtered(before), after: filtered(after), questions: filtered(questions) };
}

function sizeAndGain({ before, after }: Compared) {
  return {
    questions: before.length,
    ndcg10Before: mean(before.map(ndcg10)),
    ndcg10After: mean(after.map(ndcg10)),
  };
}

function difference({ before, after, questions }: Compared, seed: number) {
  const clusters = questions.map(({ cluster }) => cluster);
  const { pValue, low, high } = pairedStatistics(before.map(ndcg10), after.map(ndcg10), { seed, clusters });
  return { pValue, differenceLow: low, differenceHigh: high };
}

function movedFurthest(
  { before, after, questions }: Compared,
  titles: ReadonlyMap<string, string>,
): MovedQuestion[] {
  const moved = questions
    .map(({ question, documentId }, index) => {
      const [from, to] = [before[index] as number, after[index] as number];
      const gain = ndcg10(to) - ndcg10(from);
      return { question, document: titles.get(documentId) ?? '', before: from, after: to, gain };
    })
    .filter(({ gain }) => gain !== 0)
    .sort((a, b) => b.gain - a.gain);
  const shown = [
    ...moved.filter(({ gain }) => gain > 0).slice(0, shownQuestions),
    ...moved.filter(({ gain }) => gain < 0).slice(-shownQuestions),
  ];
  const rankOf = (rank: number) => (rank < lastRank ? rank : null);
  return shown.map(({ question, document, before: from, after: to }) => ({
    question,
    document,
    before: rankOf(from),
    after: rankOf(to),
  }));
}
