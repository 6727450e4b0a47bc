/**
 * Learns what an adapter knows of its library besides LoRA, before LoRA is trained: a vector for each word, and
 * the weight of neighbours.
 */
import { join } from 'node:path';
import type { QueryWords } from '../../llara/encode/words/query-words.ts';
import type { PassageBank } from '../../llara/training/losses/bank-loss.ts';
import { learnNeighbourWeight, neighboursInWords } from '../evaluation/learn-neighbour-weight.ts';
import type { EncoderRun, Report } from '../evaluation/with-encoder.ts';
import { embedQueries } from './embed-queries.ts';
import { learnLibraryWords } from './library-words.ts';
import type { PreparedTraining } from './prepare-training.ts';
import type { TimeBudget } from './time-budget.ts';

export type LibraryRun = EncoderRun & {
  workDirectory: string;
  onLog?: (line: string) => void;
  prepared: PreparedTraining;
  bank: PassageBank;
  fingerprint: string;
  budget: TimeBudget;
};

export type LibraryKnowledge = { words: QueryWords; neighbourWeight: number };

/** Of the words' time, for embedding the queries; working out targets and learning take about as long again. */
const embeddingShare = 0.55;

export async function learnLibrary(run: LibraryRun, report: Report): Promise<LibraryKnowledge> {
  const { prepared, workDirectory, budget } = run;
  const { examples } = prepared;
  let embedding: Promise<Float32Array[]> | null = null;
  // Only where something has to be learnt still, and once for both.
  const vectors = () => {
    embedding ??= embedQueries(run, examples, budget.secondsFor('words') * embeddingShare, report);
    return embedding;
  };
  const words = await learnLibraryWords(
    { ...run, examples, vectors, path: join(workDirectory, 'words') },
    report,
  );
  const neighbours = await learnNeighbourWeight(
    {
      ...run,
      examples,
      asked: prepared.neighbourQuestions,
      vectors,
      texts: prepared.passages.slice(0, prepared.trainingPassages).map(({ text }) => text),
      path: join(workDirectory, 'neighbours.json'),
      seconds: budget.secondsFor('neighbours'),
    },
    report,
  );
  run.onLog?.(neighboursInWords(neighbours));
  return { words, neighbourWeight: neighbours.weight };
}
