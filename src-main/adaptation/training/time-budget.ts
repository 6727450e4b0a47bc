/**
 * Divides the time that a person allows. Words and neighbours get fixed parts and learn from as much as fits into
 * them, a part is kept free for the held-out evaluation, and training gets the rest.
 */
const shareOf = { words: 0.25, neighbours: 0.04, evaluation: 0.15 } as const;
export const evaluationShare = shareOf.evaluation;
export const libraryShare = shareOf.words + shareOf.neighbours;
/** What training gets where the others take all of theirs. */
export const trainingShare = 1 - libraryShare - shareOf.evaluation;
/** Where passages are trained too, they are embedded anew for every stage that is tested, and no words are learnt. */
export const evaluationShareOfBoth = 0.3;

export class TimeBudget {
  readonly #seconds: number;
  readonly #startedAtMs = performance.now();

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  secondsFor(stage: 'words' | 'neighbours'): number {
    return this.#seconds * shareOf[stage];
  }

  secondsForTraining(): number {
    const elapsed = (performance.now() - this.#startedAtMs) / 1000;
    return Math.max(this.#seconds * (1 - shareOf.evaluation) - elapsed, this.#seconds * trainingShare);
  }

  /** Of a stage that moves passages too, with `share` of the training time: the same after a pause as before it. */
  secondsForStage(share: number): number {
    return this.#seconds * (1 - evaluationShareOfBoth) * share;
  }
}
