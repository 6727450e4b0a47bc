/** Linear warm-up, then a half cosine down to a tenth of the peak. */

export type Schedule = { peak: number; warmUpShare: number; totalSteps: number };

const floorShare = 0.1;

/** `step` counts from 0. */
export function learningRate(step: number, schedule: Schedule): number {
  const warmUpSteps = Math.max(1, Math.round(schedule.warmUpShare * schedule.totalSteps));
  if (step < warmUpSteps) return (schedule.peak * (step + 1)) / warmUpSteps;
  const progress = Math.min(1, (step - warmUpSteps) / Math.max(1, schedule.totalSteps - warmUpSteps));
  return schedule.peak * (floorShare + (1 - floorShare) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
