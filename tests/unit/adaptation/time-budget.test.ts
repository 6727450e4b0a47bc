import { afterEach, expect, it, vi } from 'vitest';
import {
  evaluationShareOfBoth,
  libraryShare,
  TimeBudget,
  trainingShare,
} from '../../../src-main/adaptation/training/time-budget.ts';

afterEach(() => vi.useRealTimers());

it("gives training what the library left of its share, keeps the evaluation's free, and never starves training", () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const budget = new TimeBudget(100);
  const library = budget.secondsFor('words') + budget.secondsFor('neighbours');
  expect(library).toBeCloseTo(100 * libraryShare);
  expect(library + 100 * trainingShare).toBeLessThan(100);
  const whole = budget.secondsForTraining();
  expect(whole).toBeCloseTo(100 * trainingShare + library);
  vi.advanceTimersByTime(10_000);
  expect(budget.secondsForTraining()).toBeCloseTo(whole - 10);
  vi.advanceTimersByTime(80_000);
  expect(budget.secondsForTraining()).toBeCloseTo(100 * trainingShare);
});

it('gives the stages of an adapter for both sides their shares of what the evaluation leaves, whenever they begin', () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const budget = new TimeBudget(100);
  const whole = 100 * (1 - evaluationShareOfBoth);
  expect(budget.secondsForStage(0.4)).toBeCloseTo(0.4 * whole);
  vi.advanceTimersByTime(60_000);
  expect(budget.secondsForStage(0.6)).toBeCloseTo(0.6 * whole);
});
