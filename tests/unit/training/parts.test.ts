/** The small deterministic parts of the training loop. */
import { describe, expect, it } from 'vitest';
import { ExampleSampler } from '../../../src-main/llara/training/data/example-sampler.ts';
import { type BranchPrompt, buildBranchSequence } from '../../../src-main/llara/training/graph/branches.ts';
import { learningRate } from '../../../src-main/llara/training/loop/learning-rate.ts';
import {
  AdamOptimizer,
  defaultAdamSettings,
  globalNorm,
} from '../../../src-main/llara/training/state/adam-optimizer.ts';

describe('schedule', () => {
  const schedule = { peak: 2, warmUpShare: 0.1, totalSteps: 100 };
  it.each([
    [0, 0.2],
    [4, 1],
    [9, 2],
    [10, 2],
    [55, 2 * (0.1 + 0.9 * 0.5)],
    [100, 0.2],
  ])('step %i', (step, rate) => {
    expect(learningRate(step, schedule)).toBeCloseTo(rate, 9);
  });
});

describe('sampler', () => {
  it('shows every example once per epoch, in another order each time', () => {
    const sampler = new ExampleSampler(10, 1);
    const epochs = [0, 1].map((epoch) => [0, 1].flatMap((half) => sampler.batch(2 * epoch + half, 5)));
    for (const epoch of epochs)
      expect([...epoch].sort((x, y) => x - y)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  it('gives the same batch whatever was asked for before', () => {
    const straight = new ExampleSampler(7, 3);
    const batches = [0, 1, 2, 3].map((batch) => straight.batch(batch, 4));
    expect(new ExampleSampler(7, 3).batch(3, 4)).toEqual(batches[3]);
  });
});

describe('AdamW', () => {
  it('moves by the learning rate at first, whatever the gradient’s size, and clips by the global norm', () => {
    const values = [Float32Array.of(1, 1), Float32Array.of(1)];
    const optimizer = new AdamOptimizer(values, [], { ...defaultAdamSettings, maxGradientNorm: 5 });
    const norm = optimizer.step([Float32Array.of(30, 0), Float32Array.of(-40)], 0.1);
    expect(norm).toBeCloseTo(50, 4);
    expect(values[0]?.[0]).toBeCloseTo(0.9, 5);
    expect(values[0]?.[1]).toBe(1);
    expect(values[1]?.[0]).toBeCloseTo(1.1, 5);
    expect(optimizer.firstMoments[0]?.[0]).toBeCloseTo(0.1 * 3, 5);
    expect(globalNorm(values)).toBeCloseTo(Math.hypot(0.9, 1, 1.1), 5);
  });

  it('decays weights on request, apart from the gradient', () => {
    const values = [Float32Array.of(2)];
    new AdamOptimizer(values, [], { ...defaultAdamSettings, weightDecay: 0.5 }).step(
      [Float32Array.of(0)],
      0.1,
    );
    expect(values[0]?.[0]).toBeCloseTo(2 - 0.1 * 0.5 * 2, 6);
  });
});

describe('two branches behind one text', () => {
  const prompt: BranchPrompt = {
    prefix: [1],
    selfSuffix: [5, 80, 81],
    nextSuffix: [7, 6, 90, 91],
    pooling: { kind: 'last', count: 2 },
  };

  it('restart positions and keep NEXT apart from SELF', () => {
    const { tokens, positions, branches, selected } = buildBranchSequence([20, 21], prompt, 'both');
    expect([...tokens]).toEqual([1, 20, 21, 5, 80, 81, 7, 6, 90, 91]);
    expect([...(positions ?? [])]).toEqual([0, 1, 2, 3, 4, 5, 3, 4, 5, 6]);
    expect([...(branches ?? [])]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 2]);
    expect([...selected]).toEqual([4, 5, 8, 9]);
  });

  it('alone are plain sequences', () => {
    expect(buildBranchSequence([20], prompt, 'next')).toEqual({
      tokens: Int32Array.of(1, 20, 7, 6, 90, 91),
      selected: Int32Array.of(4, 5),
    });
  });
});
