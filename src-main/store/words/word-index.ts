/**
 * The full-text index over a library's passages: how it is built, and whether it can be read. It holds terms that were made ready by
 * `src-main/words`, so LanceDB only has to cut them at spaces. Without positions: with them, merging the index of rows that were replaced can fail.
 * Phrases are checked on the text.
 */
import { Index, MatchQuery, type Table } from '@lancedb/lancedb';
import { isOneOf } from '../sql.ts';

export const termColumn = 'terms';
export const wordIndexName = `${termColumn}_idx`;
const maxProbeTerms = 40;

export async function rebuildWordIndex(table: Table): Promise<void> {
  await table.createIndex(termColumn, {
    replace: true,
    config: Index.fts({
      withPosition: false,
      baseTokenizer: 'whitespace',
      lowercase: false,
      stem: false,
      removeStopWords: false,
      asciiFolding: false,
    }),
  });
}

/** Builds the index where there is none, or none that answers: all of it can be made again from the passages. */
export async function checkWordIndex(table: Table): Promise<void> {
  if ((await hasIndex(table)) && (await answers(table))) return;
  await rebuildWordIndex(table);
}

/** Rows that a search reads one by one since they are not in the index yet. */
export async function countUnindexed(table: Table): Promise<number> {
  return (await table.indexStats(wordIndexName))?.numUnindexedRows ?? 0;
}

async function hasIndex(table: Table): Promise<boolean> {
  try {
    return (await table.listIndices()).some((index) => index.name === wordIndexName);
  } catch {
    return false; // Its description cannot be read: a new index replaces it, and damage to the passages shows when that is built.
  }
}

/** Whether the table's first row is found by its own words; a damaged index may find nothing without saying so. */
async function answers(table: Table): Promise<boolean> {
  const [first] = await table.query().select(['chunkId', termColumn]).limit(1).toArray();
  const terms = (first?.[termColumn] ?? '').split(' ').slice(0, maxProbeTerms).join(' ');
  if (terms.trim() === '') return true;
  try {
    const query = table
      .query()
      .fullTextSearch(new MatchQuery(terms, termColumn))
      .where(isOneOf('chunkId', [first.chunkId]))
      .select(['_score'])
      .limit(1);
    return (await query.toArrow()).numRows === 1;
  } catch {
    return false; // Whatever it is, a new index does without it; damage to the passages shows when that is built.
  }
}
