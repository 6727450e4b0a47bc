/**
 * The full-text index over a library's passages: how it is built, and whether it can be read. Without positions: with them, merging the
 * index of rows that were replaced can fail. Phrases are checked on the text.
 */
import { Index, MatchQuery, type Table } from '@lancedb/lancedb';
import { isOneOf } from '../sql.ts';

export const wordIndexName = 'words_idx';
const maxProbeLength = 300;

export async function rebuildWordIndex(table: Table): Promise<void> {
  await table.createIndex('words', {
    replace: true,
    config: Index.fts({
      withPosition: false,
      baseTokenizer: 'simple',
      language: 'English',
      lowercase: true,
      stem: true,
      removeStopWords: true,
      asciiFolding: true,
    }),
  });
}

/** Builds the index where there is none, or none that answers: all of it can be made again from the passages. */
export async function checkWordIndex(table: Table): Promise<void> {
  if (!(await isThere(table)) || !(await answers(table))) await rebuildWordIndex(table);
}

/** The list of indexes itself cannot be had where the files of one are damaged. */
async function isThere(table: Table): Promise<boolean> {
  const indexes = await table.listIndices().catch(() => []);
  return indexes.some((index) => index.name === wordIndexName);
}

/** Whether the table's first row is found by its own words; a damaged index may find nothing without saying so. */
async function answers(table: Table): Promise<boolean> {
  const [first] = await table.query().select(['chunkId', 'words']).limit(1).toArray();
  if (!first || !/[\p{L}\p{N}]/u.test(first.words)) return true;
  try {
    const query = table
      .query()
      .fullTextSearch(new MatchQuery(first.words.slice(0, maxProbeLength), 'words'))
      .where(isOneOf('chunkId', [first.chunkId]))
      .select(['_score'])
      .limit(1);
    return (await query.toArrow()).numRows === 1;
  } catch {
    return false; // Whatever it is, a new index does without it; damage to the passages shows when that is built.
  }
}
