/** What two lists of ranks say of each other: figures of all questions, of each kind, and the questions whose answer moved furthest. */
import type { AdaptationFigures, MovedQuestion } from '../../contract/adaptation.ts';
import { shortKinds } from '../pairs/short-questions.ts';
import { type EvaluationQuestion, lastRank } from './answer-ranks.ts';
import { pairedStatistics } from './paired-statistics.ts';
import { mean, ndcg10, reciprocalRank10 } from './rank-measures.ts';

/** Of questions whose answer moved up, and of those whose answer moved down. */
const shownQuestions = 5;

export function figuresOf(
  before: readonly number[],
  after: readonly number[],
  questions: readonly EvaluationQuestion[],
  { seed, titles }: { seed: number; titles: ReadonlyMap<string, string> },
): AdaptationFigures {
  const isShort = (_: unknown, index: number) =>
    (shortKinds as readonly string[]).includes(questions[index]?.kind ?? '');
  const short = [before.filter(isShort), after.filter(isShort), questions.filter(isShort)] as const;
  const kinds = [...new Set(questions.map(({ kind }) => kind))];
  return {
    mode: 'hybrid',
    questions: before.length,
    ndcg10Before: mean(before.map(ndcg10)),
    ndcg10After: mean(after.map(ndcg10)),
    mrr10Before: mean(before.map(reciprocalRank10)),
    mrr10After: mean(after.map(reciprocalRank10)),
    ...compare(before, after, questions, seed),
    short: compare(...short, seed),
    kinds: kinds.map((kind) => {
      const of = (ranks: readonly number[]) => ranks.filter((_, index) => questions[index]?.kind === kind);
      return {
        kind,
        questions: of(before).length,
        ndcg10Before: mean(of(before).map(ndcg10)),
        ndcg10After: mean(of(after).map(ndcg10)),
      };
    }),
    moved: movedFurthest(before, after, questions, titles),
  };
}

function compare(
  before: readonly number[],
  after: readonly number[],
  questions: readonly EvaluationQuestion[],
  seed: number,
): Pick<AdaptationFigures, 'pValue' | 'differenceLow' | 'differenceHigh'> {
  const clusters = questions.map(({ cluster }) => cluster);
  const { pValue, low, high } = pairedStatistics(before.map(ndcg10), after.map(ndcg10), { seed, clusters });
  return { pValue, differenceLow: low, differenceHigh: high };
}

function movedFurthest(
  before: readonly number[],
  after: readonly number[],
  questions: readonly EvaluationQuestion[],
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
