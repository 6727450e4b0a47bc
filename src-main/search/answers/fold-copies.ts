/** Copies of a document come as one: the best of each family stays in its place, the others go. */
import type { RankedDocument } from '../ranking/rank-documents.ts';

/** Families by document; a document that is left out has none. */
export type FamiliesOf = (documentIds: readonly string[]) => ReadonlyMap<string, string>;

/** The first `limit` documents without their copies; looks at no more than that takes. */
export function foldCopies(
  ranked: readonly RankedDocument[],
  limit: number,
  familiesOf: FamiliesOf,
): RankedDocument[] {
  const kept: RankedDocument[] = [];
  const seen = new Set<string>();
  for (let first = 0; first < ranked.length && kept.length < limit; first += limit) {
    const some = ranked.slice(first, first + limit);
    const families = familiesOf(some.map(({ documentId }) => documentId));
    for (const document of some) {
      const family = families.get(document.documentId) ?? document.documentId;
      if (!seen.has(family)) kept.push(document);
      seen.add(family);
    }
  }
  return kept.slice(0, limit);
}
