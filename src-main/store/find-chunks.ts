/** The two retrievers of a library's tables, as LanceDB queries. Conditions narrow before ranking (prefilter). */
import { BooleanQuery, type FullTextQuery, MatchQuery, Occur, type Table } from '@lancedb/lancedb';
import { windowsColumn } from './tables/vector-columns.ts';
import type { VectorIndexState } from './tables/vector-index.ts';
import { termColumn } from './words/word-index.ts';

export type FoundChunk = {
  chunkId: string;
  documentId: string;
  /** BM25, or the dot product of unit vectors. */
  score: number;
  /** Headings and text, and the terms of both between spaces; only where it was asked for. */
  words?: string | null;
  /** Vectors of its parts; only where they were asked for. */
  windows?: Uint8Array | null;
  /** How near each of its parts, in order, is to the question; only where they were compared. */
  partScores?: readonly number[];
  terms?: string | null;
};

/** A term as the analyser makes it. */
export type TermClause = { term: string; boost?: number };

export type WordQueryOptions = {
  /** Any of these makes a passage a candidate, and they are what it is ranked by. */
  any?: readonly TermClause[];
  /** Of each of these lists one term must be there. */
  required?: readonly (readonly string[])[];
  /** None of these terms may be there. */
  excluded?: readonly string[];
  where?: string | null;
  limit: number;
  withWords?: boolean;
};

export type VectorQueryOptions = { where?: string | null; limit: number; withWindows?: boolean };

const columns = ['chunkId', 'documentId'];
/** As LanceDB says it. */
const allPartitions = 0;

export async function findByWords(table: Table, options: WordQueryOptions): Promise<FoundChunk[]> {
  if (!options.any?.length && !options.required?.length) return [];
  const selected = [...columns, '_score', ...(options.withWords ? ['words', termColumn] : [])];
  let query = table.query().fullTextSearch(wordQuery(options)).select(selected).limit(options.limit);
  if (options.where) query = query.where(options.where);
  return found(await query.toArrow(), '_score', (score) => score);
}

export async function findByVector(
  table: Table,
  vector: Float32Array,
  index: VectorIndexState | null,
  options: VectorQueryOptions,
): Promise<FoundChunk[]> {
  let query = table
    .query()
    .nearestTo(vector)
    .distanceType('dot')
    .select([...columns, '_distance', ...(options.withWindows ? [windowsColumn] : [])])
    .limit(options.limit);
  // A narrow filter leaves few rows in the probed partitions, so that all are searched then: the index is in memory, and without it each question reads the vectors anew.
  if (!index) query = query.bypassVectorIndex();
  else if (options.where) query = query.maximumNprobes(allPartitions).minimumNprobes(index.probes);
  else query = query.nprobes(index.probes);
  if (options.where) query = query.where(options.where);
  return found(await query.toArrow(), '_distance', (distance) => 1 - distance);
}

export async function findMatching(table: Table, where: string, limit: number): Promise<FoundChunk[]> {
  const rows = await table.query().where(where).select(columns).limit(limit).toArrow();
  return found(rows, null, () => 0);
}

function wordQuery({ any = [], required = [], excluded = [] }: WordQueryOptions): FullTextQuery {
  const plain = (term: string) => new MatchQuery(term, termColumn);
  const oneOf = (terms: readonly string[]): FullTextQuery =>
    terms.length === 1
      ? plain(terms[0] as string)
      : new BooleanQuery(terms.map((term): [Occur, FullTextQuery] => [Occur.Should, plain(term)]));
  return new BooleanQuery([
    ...required.map((terms): [Occur, FullTextQuery] => [Occur.Must, oneOf(terms)]),
    ...any.map(({ term, boost = 1 }): [Occur, FullTextQuery] => [
      Occur.Should,
      new MatchQuery(term, termColumn, { boost }),
    ]),
    ...excluded.map((term): [Occur, FullTextQuery] => [Occur.MustNot, plain(term)]),
  ]);
}

type ArrowRows = Awaited<ReturnType<ReturnType<Table['query']>['toArrow']>>;

function found(
  rows: ArrowRows,
  scoreColumn: string | null,
  toScore: (value: number) => number,
): FoundChunk[] {
  const chunkIds = rows.getChild('chunkId')!;
  const documentIds = rows.getChild('documentId')!;
  const scores = scoreColumn ? rows.getChild(scoreColumn)! : null;
  const words = rows.getChild('words');
  const terms = rows.getChild(termColumn);
  const windows = rows.getChild(windowsColumn);
  return Array.from({ length: rows.numRows }, (_, row) => ({
    chunkId: chunkIds.get(row),
    documentId: documentIds.get(row),
    score: toScore(scores ? scores.get(row) : 0),
    ...(windows ? { windows: windows.get(row) } : {}),
    ...(words && terms ? { words: words.get(row), terms: terms.get(row) } : {}),
  }));
}
