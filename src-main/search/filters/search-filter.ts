/** What each filter of the query syntax does: it reads a value and gives the condition that passages or their documents must meet. */
import type { ManifestCondition } from '../../library/manifest/document-values.ts';

/** Milliseconds since 1970, at or after `from` and before `before`; null where that side is open. */
export type Period = { from: number | null; before: number | null };

export type FilterMeaning =
  | {
      /** On the columns of a passage. */
      sql: string;
      /** When documents must be dated, for a filter that says so: two that exclude each other are told of. */
      period?: Period;
    }
  /** On what the manifest knows of a document, which passages do not repeat. */
  | { documents: ManifestCondition }
  /** Where to search, which is no condition; `all` for every library. */
  | { libraries: readonly string[] };

export interface SearchFilter {
  /** Null for a value that means nothing; what was typed is then searched for as words. `value` is not empty. */
  read(value: string): FilterMeaning | null;
  /** Completes “path:x …” where `read` gave null: what is wrong and what there is to write. */
  readonly refusal: string;
  /** What was probably meant by a value that means nothing; null where it cannot be told. */
  suggest?(value: string): string | null;
}
