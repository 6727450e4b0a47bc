/** The two retrievers of a library's tables, as LanceDB queries. Conditions narrow before ranking (prefilter). */
import { BooleanQuery, type FullTextQuery, MatchQuery, Occur, Operator, type Table } from '@lancedb/lancedb';
import type { VectorIndexState } from './tables/vector-index.ts';

export type FoundChunk = {
  chunkId: string;
  documentId: string;
  /** BM25, or the dot product of unit vectors. */
  score: number;
  /** Headings and text; only where it was asked for. */
  words: string | null;
};

export type WordQueryOptions = {
  /** Any of these words makes a passage a candidate. */
  text: string;
  /** All words of each of these must be there, in any order. */
  required?: readonly string[];
  /** None of these words may be there. */
  excluded?: readonly string[];
  where?: string | null;
  limit: number;
  withWords?: boolean;
};

export type VectorQueryOptions = { where?: string | null; limit: number };

const columns = ['chunkId', 'documentId'];

export async function findByWords(table: Table, options: WordQueryOptions): Promise<FoundChunk[]> {
  const selected = [...columns, '_score', ...(options.withWords ? ['words'] : [])];
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
    .select([...columns, '_distance'])
    .limit(options.limit);
  // A narrow filter leaves few rows in the probed partitions; what it leaves is compared exactly.
  query = index && !options.where ? query.nprobes(index.probes) : query.bypassVectorIndex();
  if (options.where) query = query.where(options.where);
  return found(await query.toArrow(), '_distance', (distance) => 1 - distance);
}

export async function findMatching(table: Table, where: string, limit: number): Promise<FoundChunk[]> {
  const rows = await table.query().where(where).select(columns).limit(limit).toArrow();
  return found(rows, null, () => 0);
}

function wordQuery({ text, required = [], excluded = [] }: WordQueryOptions): FullTextQuery {
  const match = (words: string, operator: Operator) => new MatchQuery(words, 'words', { operator });
  if (required.length === 0 && excluded.length === 0) return match(text, Operator.Or);
  return new BooleanQuery([
    ...required.map((words): [Occur, FullTextQuery] => [Occur.Must, match(words, Operator.And)]),
    ...(text ? [[Occur.Should, match(text, Operator.Or)] as [Occur, FullTextQuery]] : []),
    ...excluded.map((word): [Occur, FullTextQuery] => [Occur.MustNot, match(word, Operator.Or)]),
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
  return Array.from({ length: rows.numRows }, (_, row) => ({
    chunkId: chunkIds.get(row),
    documentId: documentIds.get(row),
    score: toScore(scores ? scores.get(row) : 0),
    words: words ? words.get(row) : null,
  }));
}
