/** What a search is given besides the question, and how its stages are timed. */
import type { Document } from '../contract/libraries.ts';
import type { SearchTiming } from '../contract/search.ts';
import type { AskedName } from '../library/manifest/name-index.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { FamiliesOf } from './answers/fold-copies.ts';
import type { AnswerEvidence } from './answers/judge-answer.ts';
import type { QuestionEncoding } from './encode-question.ts';
import type { DocumentsWhere } from './narrowing.ts';
import type { NamedDocument } from './ranking/lift-named.ts';
import type { RankingSettings } from './ranking/ranking-settings.ts';
import type { Rerank } from './ranking/rerank-passages.ts';
import type { RelatedWords } from './words/related-words.ts';
import type { Spelling } from './words/weigh-question.ts';

export type SearchContext = QuestionEncoding & {
  set: ChunkSet;
  /** Others than the product's own, to measure what they would do. */
  ranking?: RankingSettings;
  /** Called with what the answer is judged by, to measure the judgement. */
  onEvidence?: (evidence: AnswerEvidence) => void;
  /** Only passages of this document are looked for. */
  onlyDocument?: string;
  /** Documents whose names hold some of the words, best first. */
  named?: (question: string, asked: readonly AskedName[]) => readonly NamedDocument[];
  /** Words of the library that mean nearly the same as one of the question; without it a question finds its own words alone. */
  related?: RelatedWords | undefined;
  /** Words of the library that a mistyped one may have been meant to be. */
  spelling?: Spelling;
  /** How much neighbours count for, where the library has learnt it with its adapter. */
  neighbourWeight?: number | undefined;
  /** Reads the first passages together with the question; nobody does where absent. */
  rerank?: Rerank | undefined;
  /** Which documents meet a condition on what the manifest knows of them; without it such a condition is met by none. */
  documentsWhere?: DocumentsWhere;
  /** Which documents are copies of one another; without it none are. */
  familiesOf?: FamiliesOf;
  /** Those of the ids that the library knows, in any order. */
  documents: (ids: string[]) => readonly Document[] | Promise<readonly Document[]>;
};

export const noTime = (): SearchTiming => ({
  parseMs: 0,
  encodeMs: 0,
  lexicalMs: 0,
  denseMs: 0,
  fuseMs: 0,
  rerankMs: 0,
  presentMs: 0,
  totalMs: 0,
});

/** Adds the milliseconds that `work` takes to a stage. Stages may overlap. */
export async function timed<Result>(
  timing: SearchTiming,
  stage: keyof SearchTiming,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  const startedAtMs = performance.now();
  try {
    return await work();
  } finally {
    timing[stage] += performance.now() - startedAtMs;
  }
}
