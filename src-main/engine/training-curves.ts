/**
 * Keeps the points of training runs while the engine lives, so that a page opened in the middle of a run shows the
 * whole curve.
 */
import type { TrainingPoint } from '../contract/adaptation.ts';

export class TrainingCurves {
  readonly #points = new Map<string, TrainingPoint[]>();

  add(jobId: string, point: TrainingPoint): void {
    const points = this.#points.get(jobId) ?? [];
    // A run resumed from a checkpoint repeats some steps; the later figures count.
    const kept = points.filter((earlier) => earlier.step < point.step);
    this.#points.set(jobId, [...kept, point]);
  }

  get(jobId: string): TrainingPoint[] {
    return this.#points.get(jobId) ?? [];
  }
}
