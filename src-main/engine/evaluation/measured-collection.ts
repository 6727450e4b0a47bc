/** What can be measured: something that fills an empty library and then asks it questions with known answers. */
import type { EvaluationRequest, EvaluationRows } from '../../contract/evaluation.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

export type MeasuredCollection = {
  index(session: LibrarySession, control: JobControl): Promise<void>;
  /** Throws if the library cannot answer in the mode asked for. */
  measure(
    session: LibrarySession,
    request: EvaluationRequest,
    indexSeconds: number,
    control: JobControl,
  ): Promise<EvaluationRows>;
};
