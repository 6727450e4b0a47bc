/**
 * Asks questions to held-out documents, by vectors alone and as hybrid search asks them, and finds the rank of the right document among the
 * library's. It decides nothing: see verdict.ts.
 */
import { setImmediate } from 'node:timers/promises';
import { seededRandom, shuffled } from '../../common/seeded-random.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { type AdaptationDocument, type DocumentPassage, passagesOf } from '../adaptation-document.ts';
import { LexicalIndex } from '../pairs/lexical-index.ts';
import { type PseudoQuestion, pseudoQuestions } from '../pairs/pseudo-questions.ts';
import { AskedLibrary } from './asked-library.ts';

/** A question with the place of its passage among the candidates. */
export type EvaluationQuestion = PseudoQuestion & { passage: number };

export type EvaluationMaterial = {
  questions: EvaluationQuestion[];
  /** Those of the documents that are asked come first. */
  candidates: DocumentPassage[];
  /** Of the candidates. */
  words: LexicalIndex;
};

/** What questions are compared with; the same before and after an adapter that leaves passages alone. */
export type EvaluationPassages = {
  candidates: Float32Array[];
  /** What is left of a question's passage, by question, where it was taken out of it. */
  rests: (Float32Array | undefined)[];
};

export type EvaluationOptions = {
  onProgress?: (doneTexts: number, totalTexts: number) => void;
  signal?: AbortSignal;
};

/** The more, the smaller the gain that can be told from chance. */
export const maxQuestions = 1600;
/** Enough for a rank among ten to be hard to reach, few enough to embed twice within a budget. */
export const maxCandidates = 3000;
/** In the place of the rank of a document that was not found. */
export const lastRank = 1 + maxCandidates;

/** At most; fewer where time is short. */
export type EvaluationLimits = { questions: number; candidates: number };

export function evaluationMaterial(
  documents: readonly AdaptationDocument[],
  heldOut: readonly AdaptationDocument[],
  seed: number,
  limits: EvaluationLimits = { questions: maxQuestions, candidates: maxCandidates },
): EvaluationMaterial {
  const heldOutIds = new Set(heldOut.map(({ documentId }) => documentId));
  const asked = firstPassages(heldOut, limits.candidates);
  const own = asked.flatMap(passagesOf);
  const others = documents.filter(({ documentId }) => !heldOutIds.has(documentId)).flatMap(passagesOf);
  const drawn = shuffled(others, seededRandom(`candidates ${seed}`)).slice(0, limits.candidates - own.length);
  const firstOf = new Map<string, number>();
  own.forEach(({ documentId }, index) => {
    if (!firstOf.has(documentId)) firstOf.set(documentId, index);
  });
  const questions = pseudoQuestions(asked, documents, { seed, limit: limits.questions });
  const candidates = [...own, ...drawn];
  return {
    candidates,
    words: new LexicalIndex(candidates.map(({ text }) => text)),
    questions: questions.map((question) => ({
      ...question,
      passage: (firstOf.get(question.documentId) as number) + question.chunk,
    })),
  };
}

/** The documents' first passages, so many in all. */
function firstPassages(documents: readonly AdaptationDocument[], most: number): AdaptationDocument[] {
  let room = most;
  return documents.flatMap((document) => {
    const chunks = document.chunks.slice(0, room);
    room -= chunks.length;
    return chunks.length > 0 ? [{ ...document, chunks }] : [];
  });
}

export async function embedEvaluationPassages(
  encoder: TextEncoder,
  { questions, candidates }: EvaluationMaterial,
  { signal, onProgress }: EvaluationOptions = {},
): Promise<EvaluationPassages> {
  const vectors = new Map<string, Float32Array>();
  for (const { text, vector } of candidates)
    if (vector && !encoder.info.adaptsPassages) vectors.set(text, vector);
  const texts = [...candidates.map(({ text }) => text), ...questions.flatMap(({ rest }) => rest ?? [])];
  const missing = [...new Set(texts)].filter((text) => !vectors.has(text));
  const made = await encoder.encode(missing, 'passage', {
    signal,
    onProgress: (done) => onProgress?.(done, missing.length),
  });
  for (const [index, text] of missing.entries()) vectors.set(text, made[index] as Float32Array);
  return {
    candidates: candidates.map(({ text }) => vectors.get(text) as Float32Array),
    rests: questions.map(({ rest }) => (rest === null ? undefined : vectors.get(rest))),
  };
}

/** Rank of each question's document, 1 is best, by question. */
export type AnswerRanks = {
  /** By words and vectors together. */
  hybrid: number[];
  /** By vectors alone. */
  dense: number[];
};

/** `neighbourWeight` is what was learnt with the encoder's adapter; that of search in general for the bare one. */
export async function answerRanks(
  { encoder, neighbourWeight }: { encoder: TextEncoder; neighbourWeight: number },
  { questions, candidates, words }: EvaluationMaterial,
  passages: EvaluationPassages,
  { signal, onProgress }: EvaluationOptions = {},
): Promise<AnswerRanks> {
  const queries = await encoder.encode(
    questions.map(({ question }) => question),
    'query',
    { signal, onProgress: (done) => onProgress?.(done, questions.length) },
  );
  const library = new AskedLibrary(
    { vectors: passages.candidates, groups: candidates.map(({ documentId }) => documentId) },
    words,
  );
  const ranks: AnswerRanks = { hybrid: [], dense: [] };
  for (const [index, { question, documentId, passage, rest }] of questions.entries()) {
    if (index % 8 === 0) await setImmediate();
    signal?.throwIfAborted();
    const standIn = passages.rests[index];
    const asked = { query: question, group: documentId, passage, isTakenOut: rest !== null, standIn };
    const vector = queries[index] as Float32Array;
    const [rank] = library.ranks(asked, vector, [neighbourWeight]);
    ranks.hybrid.push(Math.min(rank as number, lastRank));
    ranks.dense.push(library.rankByVector(asked, vector));
  }
  return ranks;
}
