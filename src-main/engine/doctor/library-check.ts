/** The type of a check of a library: what is wrong, and how it is repaired where it can be made again. */
import type { Finding } from '../../contract/doctor.ts';
import type { LibrarySession } from '../library-session.ts';
import type { ModelRegistry } from '../models/model-registry.ts';

export type Problem = {
  message: string;
  /** Mends what is derived from the documents; absent where only a person can do something. */
  repair?: () => Promise<void> | void;
};

export type LibraryCheck = {
  check: Finding['check'];
  find: (session: LibrarySession, models: ModelRegistry) => Promise<Problem[]> | Problem[];
};
