/**
 * How the time that a person allows is shared out. Words and neighbours are learnt from as much as fits into their shares, that of the held-out evaluation is
 * kept free, and training gets what is left.
 */
const shareOf = { words: 0.25, neighbours: 0.04, evaluation: 0.15 } as const;
export const libraryShare = shareOf.words + shareOf.neighbours;
/** What training gets where the others take all of theirs. */
export const trainingShare = 1 - libraryShare - shareOf.evaluation;

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
}
