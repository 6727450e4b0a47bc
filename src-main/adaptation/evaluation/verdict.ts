/** Turns the figures from before and after into a decision and one sentence for a person. */
import type { AdaptationFigures, Adapter } from '../../contract/adaptation.ts';

export type Verdict = { verdict: Adapter['verdict']; sentence: string };

const significance = 0.05;
/** Below this many questions no figure is trusted, however good it looks. */
export const minQuestions = 30;

/**
 * An adapter is adopted only when it wins: a gain by vectors whose interval leaves zero out, by a test at 5 %. Where search by words and vectors together
 * loses by the same test, or names, numbers and single words alone do, that gain does not make up for it.
 */
export function judgeFigures(figures: AdaptationFigures): Verdict {
  const before = figures.ndcg10Before.toFixed(3);
  const after = figures.ndcg10After.toFixed(3);
  const asked = `${figures.questions} test questions from documents it had not seen`;
  if (figures.questions < minQuestions) {
    return {
      verdict: 'no-gain',
      sentence: `Not adopted: your documents gave only ${figures.questions} test questions, too few (at least ${minQuestions}) to tell a gain from luck.`,
    };
  }
  const { hybrid, short } = figures;
  if (short && isLoss(short)) {
    return {
      verdict: 'worse',
      sentence: `Not adopted: with the trained encoder, names of documents, numbers and single words were found less well than before (${asked}).`,
    };
  }
  const together = hybrid
    ? `, and by words and meaning together ${hybrid.ndcg10Before.toFixed(3)} → ${hybrid.ndcg10After.toFixed(3)}`
    : '';
  if (hybrid && isLoss(hybrid)) {
    return {
      verdict: 'worse',
      sentence: `Not adopted: the trained encoder did worse in searches by words and meaning together, on ${asked} (nDCG@10 by meaning alone ${before} → ${after}${together}).`,
    };
  }
  const certain = figures.pValue < significance;
  if (certain && figures.differenceLow > 0) {
    const gain = Math.round((figures.ndcg10After / Math.max(figures.ndcg10Before, 1e-9) - 1) * 100);
    return {
      verdict: 'better',
      sentence: `Search understands your documents better now: by meaning alone, answers rank ${gain} % higher on ${asked} (nDCG@10 ${before} → ${after}${together}).`,
    };
  }
  if (certain && figures.differenceHigh < 0) {
    return {
      verdict: 'worse',
      sentence: `Not adopted: the trained encoder did worse on ${asked} (nDCG@10 ${before} → ${after}).`,
    };
  }
  return {
    verdict: 'no-gain',
    sentence: `No gain on your documents: ${before} before and ${after} after on ${asked} is within chance, so nothing was changed.`,
  };
}

const isLoss = ({ pValue, differenceHigh }: { pValue: number; differenceHigh: number }): boolean =>
  pValue < significance && differenceHigh < 0;
