/** The newest documents that a question without words narrows to, by their first passages. */
import type { PassageRow } from '../../store/chunk-row.ts';
import type { ChunkSet } from '../../store/chunk-set.ts';

/** `onlyDocuments`: too many to be listed in the condition, so more rows are read until enough of them are there. */
export async function findNewest(
  set: ChunkSet,
  where: string,
  onlyDocuments: ReadonlySet<string> | null,
  limit: number,
): Promise<PassageRow[]> {
  for (let depth = limit; ; depth *= 4) {
    const rows = await set.findRecent(where, depth);
    const accepted = rows.filter(({ documentId }) => onlyDocuments?.has(documentId) ?? true);
    if (accepted.length >= limit || rows.length < depth) return accepted.slice(0, limit);
  }
}
