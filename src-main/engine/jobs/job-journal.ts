/** The interface of the journal: where jobs are stored, so that they go on after a crash. */
import type { Job } from '../../contract/jobs.ts';

/** `params` is all the job needs to start anew; it must survive JSON. */
export type JournalEntry = { job: Job; params: unknown; log: readonly string[] };

export type JobJournal = {
  save(entry: JournalEntry): void;
  /** Oldest first. */
  load(): JournalEntry[];
  remove(ids: readonly string[]): void;
};
