/**
 * How much a passage's neighbours should count in this library's searches (see neighbour-support.ts): the training documents ask questions of
 * themselves, words and meaning are fused as a search fuses them, and the weight is taken under which the questions' own documents come highest,
 * if they come higher than without it beyond chance. What came of it is kept in the run's work directory.
 */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { replaceFile } from '../common/replace-file.ts';
import type { PassageBank } from '../llara/training/passage-bank.ts';
import type { TrainingExample } from '../llara/training/training-example.ts';
import { AskedLibrary } from './asked-library.ts';
import { pairedStatistics } from './paired-statistics.ts';
import { mean, ndcg10 } from './rank-measures.ts';
import { type EncoderRun, type Report, withEncoder } from './with-encoder.ts';

export type NeighbourRun = EncoderRun & {
  /** Each names the passage that it was made from, among those of the bank. */
  questions: readonly TrainingExample[];
  bank: PassageBank;
  /** Texts of the bank's passages. */
  texts: readonly string[];
  path: string;
  /** So many of the questions are asked as fit into about this time. */
  seconds: number;
  /** Identity of model and questions: a file of anything else is not read. */
  fingerprint: string;
};

/** nDCG@10 of the questions' own documents without neighbours and at the weight that did best. */
export type NeighbourWeight = {
  /** 0 where none helped beyond chance. */
  weight: number;
  questions: number;
  ndcg10Before: number;
  ndcg10After: number;
  pValue: number;
};

const nothingLearnt: NeighbourWeight = {
  weight: 0,
  questions: 0,
  ndcg10Before: 0,
  ndcg10After: 0,
  pValue: 1,
};
/** Above, neighbours outweigh what a passage says itself where one alone answers; docs/adaptation.md has the figures. */
const weights = [0, 0.1, 0.2, 0.3, 0.4] as const;
const significance = 0.05;
const questionsPerBlock = 200;

export async function learnNeighbourWeight(run: NeighbourRun, report: Report): Promise<NeighbourWeight> {
  const known = await readFile(run.path, 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  if (known?.fingerprint === run.fingerprint) return known.learnt;
  const learnt = run.questions.length > 0 ? await measureWeights(run, report) : nothingLearnt;
  await replaceFile(run.path, JSON.stringify({ fingerprint: run.fingerprint, learnt }));
  return learnt;
}

/** For the job's log. */
export function neighboursInWords(learnt: NeighbourWeight): string {
  const { weight, questions, ndcg10Before, ndcg10After, pValue } = learnt;
  const seen = `${questions} questions to training documents, nDCG@10 ${ndcg10Before.toFixed(3)} → ${ndcg10After.toFixed(3)}, p ${pValue.toFixed(4)}`;
  return weight > 0
    ? `In hybrid search, ${weight} of a passage's score comes from passages that resemble it (${seen}).`
    : `In hybrid search, passages that resemble each other do not support each other (${seen}).`;
}

async function measureWeights(run: NeighbourRun, report: Report): Promise<NeighbourWeight> {
  const { questions, bank, signal } = run;
  const library = new AskedLibrary(bank, run.texts);
  const gains = weights.map((): number[] => []);
  const endsAtMs = performance.now() + 1000 * run.seconds;
  await withEncoder(run, null, async (encoder) => {
    for (let first = 0; first < questions.length; first += questionsPerBlock) {
      if (first > 0 && performance.now() > endsAtMs) break;
      const block = questions.slice(first, first + questionsPerBlock);
      const queries = block.map(({ query }) => query);
      const vectors = await encoder.encode(queries, 'query', { signal });
      for (const [index, question] of block.entries()) {
        await setImmediate();
        signal?.throwIfAborted();
        const ranks = library.ranks(question, vectors[index] as Float32Array, weights);
        for (const [at, rank] of ranks.entries()) gains[at]!.push(ndcg10(rank));
      }
      report('preparing', first + block.length, questions.length, 'queries');
    }
  });
  const asked = questions.slice(0, gains[0]!.length);
  return chooseWeight(
    gains,
    asked.map(({ group }) => group),
    run.request.seed,
  );
}

/** `gains[i][q]`: what question q gains under the i-th of the weights that are tried, the first being none; `groups[q]`: its document. */
export function chooseWeight(
  gains: readonly (readonly number[])[],
  groups: readonly string[],
  seed: number,
): NeighbourWeight {
  const means = gains.map(mean);
  const best = means.indexOf(Math.max(...means));
  const { pValue } = pairedStatistics(gains[0]!, gains[best]!, { seed, groups });
  return {
    weight: pValue < significance ? (weights[best] as number) : 0,
    questions: groups.length,
    ndcg10Before: means[0]!,
    ndcg10After: means[best]!,
    pValue,
  };
}
