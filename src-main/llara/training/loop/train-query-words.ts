/**
 * Learns vectors for a library's words (see QueryWords) from questions whose vectors are the bare encoder's: each is moved by the sum of its
 * words' vectors towards its soft targets. No pass through the encoder is needed, so it takes seconds where LoRA takes minutes.
 */
import { wordsOf } from '../../../common/texts/words-of.ts';
import { QueryWords } from '../../encode/words/query-words.ts';
import type { BankLoss, SoftTargets } from '../losses/bank-loss.ts';
import { AdamOptimizer, defaultAdamSettings } from '../state/adam-optimizer.ts';
import { learningRate } from './learning-rate.ts';

/** `vector`: of unit length, as the bare encoder makes it. */
export type WordsExample = { text: string; vector: Float32Array; softTargets: SoftTargets };

export type WordsSettings = {
  learningRate: number;
  warmUpShare: number;
  batchSize: number;
  /** Passes over the examples, in their order. */
  epochs: number;
  temperature: number;
  /** The most frequent ones; more of them cost memory. */
  maxWords: number;
};

export const defaultWordsSettings: WordsSettings = {
  learningRate: 1e-3,
  warmUpShare: 0.1,
  batchSize: 128,
  epochs: 3,
  temperature: 0.05,
  maxWords: 16_384,
};

export type TrainWordsOptions = {
  settings?: WordsSettings;
  /** Called before every batch: the place to let a search go first, or to throw. */
  beforeBatch?: () => Promise<void>;
  onBatch?: (done: number, total: number) => void;
};

export async function trainQueryWords(
  examples: readonly WordsExample[],
  loss: BankLoss,
  { settings = defaultWordsSettings, beforeBatch, onBatch }: TrainWordsOptions = {},
): Promise<QueryWords> {
  const { batchSize, temperature } = settings;
  const width = examples[0]?.vector.length ?? 0;
  const names = frequentWords(examples, settings.maxWords);
  const table = new QueryWords(names, new Float32Array(names.length * width), width);
  const rows = examples.map(({ text }) => table.rowsOf(text));
  const optimizer = new AdamOptimizer([table.vectors], [], {
    ...defaultAdamSettings,
    maxGradientNorm: Infinity,
  });
  const gradient = new Float32Array(table.vectors.length);
  const totalSteps = Math.floor((settings.epochs * examples.length) / batchSize);
  for (let step = 0; step < totalSteps; step++) {
    await beforeBatch?.();
    const batch = Array.from({ length: batchSize }, (_, at) => (step * batchSize + at) % examples.length);
    const sums = batch.map((at) => table.sumOf(examples[at]!.vector, rows[at]!));
    const norms = sums.map((sum) => Math.hypot(...sum));
    const queries = sums.map((sum, at) => sum.map((value) => value / norms[at]!));
    const { queryGradients } = await loss.of(
      queries,
      batch.map((at) => examples[at]!.softTargets),
      { temperature, weight: 1 },
    );
    gradient.fill(0);
    batch.forEach((example, at) => {
      const slope = throughNorm(queryGradients[at]!, queries[at]!, norms[at]!);
      for (const row of rows[example]!) {
        for (let i = 0; i < width; i++) gradient[row * width + i]! += slope[i]!;
      }
    });
    optimizer.step([gradient], learningRate(step, { ...settings, peak: settings.learningRate, totalSteps }));
    onBatch?.(step + 1, totalSteps);
  }
  return table;
}

/** By number of examples that hold them; of equally frequent ones those that come first by their letters. */
function frequentWords(examples: readonly WordsExample[], limit: number): string[] {
  const counts = new Map<string, number>();
  for (const { text } of examples)
    for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([word]) => word);
}

/** The gradient at x of a loss whose gradient at x / |x| is given: what stands along the unit vector has no effect. */
function throughNorm(gradient: Float32Array, unit: Float32Array, norm: number): Float32Array {
  const along = gradient.reduce((sum, value, i) => sum + value * unit[i]!, 0);
  return gradient.map((value, i) => (value - along * unit[i]!) / norm);
}
