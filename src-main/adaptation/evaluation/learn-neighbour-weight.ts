/**
 * Learns how much a passage's neighbours should count in this library's hybrid search (see neighbour-support.ts).
 * Questions made from training documents are searched for under each weight; the best weight is kept if it beats that of search
 * in general in a paired test. The result is kept in the run's work directory.
 */
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { replaceFile } from '../../common/replace-file.ts';
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import type { PassageBank } from '../../llara/training/losses/bank-loss.ts';
import { rankingSettings } from '../../search/ranking/ranking-settings.ts';
import { LexicalIndex } from '../pairs/lexical-index.ts';
import { AskedLibrary } from './asked-library.ts';
import { pairedStatistics } from './paired-statistics.ts';
import { mean, ndcg10 } from './rank-measures.ts';
import type { EncoderRun, Report } from './with-encoder.ts';

export type NeighbourRun = Pick<EncoderRun, 'request' | 'signal'> & {
  /** Each names the passage that it was made from, among those of the bank. */
  examples: readonly TrainingExample[];
  /** Which of them ask, in this order. */
  asked: readonly number[];
  /** Of the first examples' queries by the bare encoder; others do not ask. */
  vectors: () => Promise<readonly Float32Array[]>;
  bank: PassageBank;
  /** Texts of the bank's passages. */
  texts: readonly string[];
  path: string;
  /** So many of the questions are asked as fit into about this time. */
  seconds: number;
  /** Identity of model and questions: a file of anything else is not read. */
  fingerprint: string;
};

/** nDCG@10 of the questions' own documents at the weight of search in general and at the one that did best. */
export type NeighbourWeight = {
  /** That of search in general where none helped beyond chance. */
  weight: number;
  questions: number;
  ndcg10Before: number;
  ndcg10After: number;
  pValue: number;
};

/** Above, neighbours outweigh what a passage says itself where one alone answers; docs/lab/adaptation-questions.md has the figures. */
const weights: readonly number[] = [0, 0.1, 0.2, 0.3, 0.4];
const usualWeight = rankingSettings.neighbours;
/** Part of a question that the best passage of an ordinary one holds: those asked here are taken out of the words that they would find. */
const usualCoverage = 0.45;
const significance = 0.05;
const questionsPerReport = 100;

export async function learnNeighbourWeight(run: NeighbourRun, report: Report): Promise<NeighbourWeight> {
  const known = await readFile(run.path, 'utf8')
    .then(JSON.parse)
    .catch(() => null);
  if (known?.fingerprint === run.fingerprint) return known.learnt;
  const learnt = await measureWeights(run, report);
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
  const vectors = await run.vectors();
  const questions = run.asked.filter((index) => index < vectors.length);
  const library = new AskedLibrary(run.bank, new LexicalIndex(run.texts));
  const gains = weights.map((): number[] => []);
  const groups: string[] = [];
  const endsAtMs = performance.now() + 1000 * run.seconds;
  for (const index of questions) {
    if (groups.length % questionsPerReport === 0) {
      if (groups.length > 0 && performance.now() > endsAtMs) break;
      report('preparing', groups.length, questions.length, 'questions');
    }
    await setImmediate();
    run.signal?.throwIfAborted();
    const question = run.examples[index] as TrainingExample;
    const { query, group, passage } = question;
    const asked = { query, group, passage: passage as number, isTakenOut: true };
    const ranks = library.ranks(asked, vectors[index] as Float32Array, weights, usualCoverage);
    for (const [at, rank] of ranks.entries()) gains[at]!.push(ndcg10(rank));
    groups.push(question.group);
  }
  return chooseWeight(gains, groups, run.request.seed);
}

/** `gains[i][q]`: what question q gains under the i-th of the weights that are tried; `groups[q]`: its document. */
export function chooseWeight(
  gains: readonly (readonly number[])[],
  groups: readonly string[],
  seed: number,
): NeighbourWeight {
  const means = gains.map(mean);
  const best = means.indexOf(Math.max(...means));
  const usual = weights.indexOf(usualWeight);
  const { pValue } = pairedStatistics(gains[usual]!, gains[best]!, { seed, clusters: groups });
  return {
    weight: pValue < significance ? (weights[best] as number) : usualWeight,
    questions: groups.length,
    ndcg10Before: means[usual]!,
    ndcg10After: means[best]!,
    pValue,
  };
}
