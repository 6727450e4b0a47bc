/**
 * Averages a run's later states (stochastic weight averaging, arXiv 1803.05407). The mean generalises better than
 * any single state, since the noise of single steps cancels out.
 */

/** The share of the steps after which states are averaged: before, they are still on their way. */
const averagedFrom = 1 / 3;

export type AveragedState = {
  /** States in the mean; none yet where 0. */
  averagedSteps: number;
  meanParameters: Float32Array[];
};

/** To be called after every step with the parameters it led to; `step` counts those done. */
export function addToMean(
  state: AveragedState & { step: number; totalSteps: number },
  values: readonly Float32Array[],
): void {
  if (state.step <= averagedFrom * state.totalSteps) return;
  state.averagedSteps++;
  const share = 1 / state.averagedSteps;
  values.forEach((current, index) => {
    const mean = state.meanParameters[index] as Float32Array;
    for (let i = 0; i < mean.length; i++) mean[i]! += (current[i]! - mean[i]!) * share;
  });
}

/** What an adapter would be made of now: the mean, or the parameters as they are while there is none. */
export function judgedState(
  { averagedSteps, meanParameters }: AveragedState,
  values: readonly Float32Array[],
): readonly Float32Array[] {
  return averagedSteps > 0 ? meanParameters : values;
}
