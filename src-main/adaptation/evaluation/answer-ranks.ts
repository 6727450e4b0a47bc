/**
 * Asks an encoder questions to held-out documents and finds the rank of each answer among the library's documents; also the figures of two such
 * lists of ranks. It decides nothing: see verdict.ts.
 */
import { setImmediate } from 'node:timers/promises';
import { seededRandom, shuffled } from '../../common/seeded-random.ts';
import { dot } from '../../common/vectors/dot.ts';
import type { AdaptationFigures } from '../../contract/adaptation.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { type AdaptationDocument, type DocumentPassage, passagesOf } from '../adaptation-document.ts';
import { type PseudoQuestion, pseudoQuestions } from '../pairs/pseudo-questions.ts';
import { TellingHeadings } from '../pairs/telling-headings.ts';
import { pairedStatistics } from './paired-statistics.ts';
import { mean, ndcg10, reciprocalRank10 } from './rank-measures.ts';

export type EvaluationMaterial = {
  questions: PseudoQuestion[];
  candidates: DocumentPassage[];
};

/** What questions are compared with; the same before and after an adapter that leaves passages alone. */
export type EvaluationPassages = { candidates: Float32Array[]; answers: Float32Array[] };

export type EvaluationOptions = {
  onProgress?: (doneTexts: number, totalTexts: number) => void;
  signal?: AbortSignal;
};

/** The more, the smaller the gain that can be told from chance. */
export const maxQuestions = 1600;
/** Enough for a rank among ten to be hard to reach, few enough to embed twice within a budget. */
export const maxCandidates = 3000;

/** At most; fewer where passages have to be embedded anew for every test and time is short. */
export type EvaluationLimits = { questions: number; candidates: number };

export function evaluationMaterial(
  documents: readonly AdaptationDocument[],
  heldOut: readonly AdaptationDocument[],
  seed: number,
  limits: EvaluationLimits = { questions: maxQuestions, candidates: maxCandidates },
): EvaluationMaterial {
  const heldOutIds = new Set(heldOut.map(({ documentId }) => documentId));
  const own = heldOut.flatMap(passagesOf).slice(0, limits.candidates);
  const others = documents.filter(({ documentId }) => !heldOutIds.has(documentId)).flatMap(passagesOf);
  const drawn = shuffled(others, seededRandom(`candidates ${seed}`)).slice(0, limits.candidates - own.length);
  const candidates = [...own, ...drawn];
  const headings = new TellingHeadings(documents);
  return { questions: pseudoQuestions(heldOut, headings, { seed, limit: limits.questions }), candidates };
}

export async function embedEvaluationPassages(
  encoder: TextEncoder,
  { questions, candidates }: EvaluationMaterial,
  { signal, onProgress }: EvaluationOptions = {},
): Promise<EvaluationPassages> {
  const vectors = new Map<string, Float32Array>();
  for (const { text, vector } of candidates) if (vector && !encoder.adaptsPassages) vectors.set(text, vector);
  const texts = [...candidates.map(({ text }) => text), ...questions.map(({ answer }) => answer)];
  // An excerpt's answer is a passage of the library as it stands.
  const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
  const made = await encoder.encode(missing, 'passage', {
    signal,
    onProgress: (done) => onProgress?.(done, missing.length),
  });
  for (const [index, text] of missing.entries()) vectors.set(text, made[index] as Float32Array);
  const all = texts.map((text) => vectors.get(text) as Float32Array);
  return { candidates: all.slice(0, candidates.length), answers: all.slice(candidates.length) };
}

/** Rank of each question's answer, 1 is best: one more than the number of other documents with a better passage. */
export async function answerRanks(
  encoder: TextEncoder,
  { questions, candidates }: EvaluationMaterial,
  { candidates: passages, answers }: EvaluationPassages,
  { signal, onProgress }: EvaluationOptions = {},
): Promise<number[]> {
  const queries = await encoder.encode(
    questions.map(({ question }) => question),
    'query',
    { signal, onProgress: (done) => onProgress?.(done, questions.length) },
  );
  const ranks: number[] = [];
  for (const [index, { documentId }] of questions.entries()) {
    if (index % 8 === 0) await setImmediate();
    signal?.throwIfAborted();
    const query = queries[index] as Float32Array;
    const threshold = dot(query, answers[index] as Float32Array);
    const better = new Set<string>();
    passages.forEach((passage, at) => {
      const owner = candidates[at]?.documentId as string;
      if (owner !== documentId && dot(query, passage) > threshold) better.add(owner);
    });
    ranks.push(better.size + 1);
  }
  return ranks;
}

export function figuresOf(
  before: readonly number[],
  after: readonly number[],
  questions: readonly PseudoQuestion[],
  seed: number,
): AdaptationFigures {
  const gainsBefore = before.map(ndcg10);
  const gainsAfter = after.map(ndcg10);
  const { pValue, low, high } = pairedStatistics(gainsBefore, gainsAfter, {
    seed,
    clusters: questions.map(({ cluster }) => cluster),
  });
  return {
    questions: before.length,
    ndcg10Before: mean(gainsBefore),
    ndcg10After: mean(gainsAfter),
    mrr10Before: mean(before.map(reciprocalRank10)),
    mrr10After: mean(after.map(reciprocalRank10)),
    pValue,
    differenceLow: low,
    differenceHigh: high,
  };
}
