/** A small training run over the golden model with made-up texts, for tests of the loop itself. */
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import type { TrainingText } from '../../../src-main/llara/training/data/example-tokeniser.ts';
import type { TrainingExample } from '../../../src-main/llara/training/data/training-example.ts';
import { trainAdapter } from '../../../src-main/llara/training/loop/train-adapter.ts';
import type { TrainAdapterOptions } from '../../../src-main/llara/training/loop/training-settings.ts';
import { defaultTrainingSettings } from '../../../src-main/llara/training/loop/training-settings.ts';
import { TrainingModel } from '../../../src-main/llara/training/state/training-model.ts';
import { type Golden, goldenPrompt, openBackend, openGoldenFile, readGolden } from './golden-model.ts';

/** Words are numbers, which are their token ids. */
export function toyText(golden: Golden): TrainingText {
  return {
    prompt: goldenPrompt(golden),
    tokenise: (text) => Int32Array.from(text.split(' ').filter(Boolean), Number),
    specialTokens: new Set(Array.from({ length: 16 }, (_, index) => 80 + index)),
  };
}

/** A query shares its rare word with its own passage only. */
export function toyExamples(count: number, offset = 0): TrainingExample[] {
  return Array.from({ length: count }, (_, index) => {
    const random = seededRandom(`toy ${offset + index}`);
    const words = (length: number) => Array.from({ length }, () => 8 + random.below(30)).join(' ');
    const rare = 40 + (index % 40);
    return {
      group: `${offset + index}`,
      query: `${rare} ${words(2)}`,
      positive: `${words(3)} ${rare} ${words(3)}`,
      following: words(4),
      negative: index % 3 === 0 ? words(5) : null,
      passage: null,
    };
  });
}

export type ToyRunOptions = Partial<TrainAdapterOptions> & { checkpointPath: string };

export async function toyRun(options: ToyRunOptions) {
  const golden = readGolden();
  const { runtime, backend } = await openBackend();
  const file = await openGoldenFile(runtime, golden, 'f32');
  const model = await TrainingModel.create([backend], file, { rank: 4, alpha: 8, seed: 3, withHead: true });
  file.dispose();
  try {
    const outcome = await trainAdapter(model, {
      examples: toyExamples(24),
      validation: toyExamples(8, 1000),
      settings: {
        ...defaultTrainingSettings,
        learningRate: 3e-3,
        batchSize: 6,
        accumulation: 2,
        objective: { contrastive: 1, temperature: 0.1, ebae: 0.05, ebar: 0.05, anchor: 0.1 },
      },
      text: toyText(golden),
      seed: 5,
      budgetSeconds: 1000,
      totalSteps: 10,
      fingerprint: 'toy',
      ...options,
    });
    return {
      outcome,
      names: model.parameters.names,
      values: model.parameters.values.map((values) => values.slice()),
    };
  } finally {
    model.dispose();
    await backend.dispose();
  }
}
