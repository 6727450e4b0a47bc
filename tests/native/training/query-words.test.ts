/** Words of a library: learnt against a bank, kept in the adapter's file, added to queries alone. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { dot } from '../../../src-main/common/vectors/dot.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { QueryWords } from '../../../src-main/llara/encode/words/query-words.ts';
import {
  defaultWordsSettings,
  trainQueryWords,
} from '../../../src-main/llara/training/loop/train-query-words.ts';
import { TrainingSession } from '../../../src-main/llara/training/loop/training-session.ts';
import { BankLoss, type SoftTargets } from '../../../src-main/llara/training/losses/bank-loss.ts';
import { Backend } from '../../../src-main/native/ggml/backend.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const width = 16;
const random = seededRandom('bank');
const vectors = Array.from({ length: 40 }, unitVector);
const groups = vectors.map((_, passage) => `d${passage >> 1}`);
const only = (passage: number): SoftTargets => ({
  group: groups[passage] as string,
  passages: Int32Array.of(passage),
  probabilities: Float32Array.of(1),
});

let runtime: NativeRuntime;
let lanes: Backend[];
let loss: BankLoss;

beforeAll(async () => {
  runtime = await NativeRuntime.create();
  const device = runtime.findDevice('cpu')!;
  lanes = await Promise.all([0, 1].map(() => Backend.create(runtime, { device, threadCount: 1 })));
  loss = new BankLoss(lanes, { vectors, groups });
});
afterAll(async () => {
  loss.dispose();
  for (const lane of lanes) await lane.dispose();
});

function unitVector(): Float32Array {
  const vector = Float32Array.from({ length: width }, () => random.next() - 0.5);
  const norm = Math.hypot(...vector);
  return vector.map((value) => value / norm);
}

describe('loss against a bank of passages', () => {
  const options = { temperature: 0.1, weight: 0.7 };
  const targets: SoftTargets[] = [
    { group: 'd1', passages: Int32Array.of(2, 9, 17), probabilities: Float32Array.of(0.6, 0.3, 0.1) },
    only(13),
    { group: 'd9', passages: Int32Array.of(19, 30), probabilities: Float32Array.of(0.5, 0.5) },
  ];
  const queries = targets.map(unitVector);

  it('is the cross-entropy over the other documents and what is wanted', async () => {
    const expected = queries.map((query, index) => {
      const { group, passages, probabilities } = targets[index]!;
      const rivals = vectors.flatMap((vector, at) =>
        groups[at] !== group || passages.includes(at) ? [[at, dot(query, vector) / 0.1] as const] : [],
      );
      const total = Math.log(rivals.reduce((sum, [, score]) => sum + Math.exp(score), 0));
      return rivals.reduce((sum, [at, score]) => {
        const probability = probabilities[passages.indexOf(at)] ?? 0;
        return sum + probability * (total - score);
      }, 0);
    });
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    expect((await loss.of(queries, targets, options)).loss).toBeCloseTo(mean, 5);
  });

  it('has the gradients that finite differences give', async () => {
    const { queryGradients } = await loss.of(queries, targets, options);
    for (const [index, query] of queries.entries()) {
      for (let at = 0; at < query.length; at++) {
        const lossAt = async (step: number) => {
          const moved = queries.map((other) => other.slice());
          moved[index]![at]! += step;
          return options.weight * (await loss.of(moved, targets, { ...options, weight: 0 })).loss;
        };
        const difference = ((await lossAt(1e-2)) - (await lossAt(-1e-2))) / 2e-2;
        expect(queryGradients[index]![at]).toBeCloseTo(difference, 2);
      }
    }
  });

  it('is small where a query points at what it should find, and counts no other passage of its document as wrong', async () => {
    const own = vectors[2]!;
    const near = (await loss.of([own], [only(2)], options)).loss;
    const far = (await loss.of([own.map((value) => -value)], [only(2)], options)).loss;
    expect(near).toBeLessThan(0.5);
    expect(far).toBeGreaterThan(5);
    const siblings = new BankLoss(lanes, { vectors: [own, own], groups: ['a', 'a'] });
    const alone = { group: 'a', passages: Int32Array.of(0), probabilities: Float32Array.of(1) };
    expect((await siblings.of([own], [alone], options)).loss).toBeCloseTo(0, 6);
    siblings.dispose();
  });
});

describe('words of a library', () => {
  /** Each passage is asked for by a word of its own beside a common one, from where the encoder stands: anywhere. */
  const examples = vectors.flatMap((_, passage) =>
    [0, 1, 2].map(() => ({ text: `The Keeper${passage}`, vector: unitVector(), softTargets: only(passage) })),
  );
  const settings = { ...defaultWordsSettings, batchSize: 40, epochs: 60, learningRate: 0.02 };

  it('lead to the passages that they are asked of, the same in every run', async () => {
    const table = await trainQueryWords(examples, loss, { settings });
    expect(table.names).toHaveLength(41);
    expect(table.names[0]).toBe('the');
    const found = vectors.filter((own, passage) => {
      const query = table.moved(unitVector(), `keeper${passage}?`);
      return vectors.every((other) => dot(query, other) <= dot(query, own) + 1e-9);
    });
    expect(found.length).toBeGreaterThan(36);
    const again = await trainQueryWords(examples, loss, { settings });
    expect(again.vectors).toEqual(table.vectors);
  });

  it('are held to the most frequent ones', async () => {
    const table = await trainQueryWords(examples, loss, {
      settings: { ...settings, epochs: 1, maxWords: 5 },
    });
    expect(table.names).toEqual(['the', 'keeper0', 'keeper1', 'keeper10', 'keeper11']);
  });

  it('come back from the adapter at their share; queries move, passages stay, stock llama.cpp reads past them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'llara-words-'));
    const [modelPath, adapterPath] = [join(folder, 'tiny.gguf'), join(folder, 'adapter.gguf')];
    await makeTinyLlama(runtime, modelPath);
    const common = { modelPath, rank: 4, alpha: 8, seed: 1, withHead: false, threads: 1 };
    const session = await TrainingSession.create(common);
    const size = session.model.network.shape.width;
    const values = Float32Array.from({ length: 2 * size }, () => random.next() - 0.5);
    const table = new QueryWords(['cat', 'mât'], values, size);
    await session.saveAdapter(adapterPath, {
      name: 'test',
      queriesOnly: true,
      share: 1,
      words: { table, share: 0.5 },
    });
    await session.dispose();
    const halved = new QueryWords(
      table.names,
      values.map((value) => value / 2),
      size,
    );

    const texts = ['The cat sat on the MÂT', 'nothing known'];
    for (const engine of ['graph', 'decode'] as const) {
      const bare = await createTextEncoder({ modelPath, engine, device: 'cpu', threads: 1 });
      const adapted = await createTextEncoder({ modelPath, adapterPath, engine, device: 'cpu', threads: 1 });
      expect(adapted.info.adaptsPassages).toBe(false);
      expect(await adapted.encode(texts, 'passage')).toEqual(await bare.encode(texts, 'passage'));
      const [before, after] = [await bare.encode(texts, 'query'), await adapted.encode(texts, 'query')];
      expect(dot(after[0]!, halved.moved(before[0]!, texts[0]!))).toBeGreaterThan(0.9999);
      expect(dot(after[0]!, before[0]!)).toBeLessThan(0.9);
      expect(after[1]).toEqual(before[1]);
      await bare.dispose();
      await adapted.dispose();
    }
    expect(() => new QueryWords(['cat'], values, size)).toThrow(RangeError);
  });
});
