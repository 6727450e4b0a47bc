/**
 * Passages that resemble one passage, or a whole document by the mean of its passages' vectors; the document itself is left out. It goes
 * by vectors alone: words that two texts share say less of what they are about.
 */
import { unitVector } from '../../common/vectors/unit-vector.ts';
import type { SimilarRequest, SimilarResponse } from '../../contract/search.ts';
import type { ChunkSet } from '../../store/chunk-set.ts';
import { isOneOf } from '../../store/sql.ts';
import { presentGroups } from '../present-groups.ts';
import { rankDocuments } from '../ranking/rank-documents.ts';
import type { SearchContext } from '../search-context.ts';
import { foldCopies } from './fold-copies.ts';

/** Passages looked at for each document that is shown, as several may be of one. */
const passagesPerGroup = 8;

export async function similarPassages(
  { set, documents, encoderProblem, familiesOf }: SearchContext,
  { documentId, chunkId, limit, passagesPerDocument }: SimilarRequest,
  signal?: AbortSignal,
): Promise<SimilarResponse> {
  const vector = await vectorOf(set, documentId, chunkId);
  if (!vector) {
    const reason = encoderProblem ?? 'It has no vector yet; index the library first.';
    return { groups: [], notices: [`Nothing can be compared with it. ${reason}`] };
  }
  signal?.throwIfAborted();
  const found = await set.findByVector(vector, {
    where: `NOT (${isOneOf('documentId', [documentId])})`,
    limit: limit * passagesPerGroup,
  });
  const ranked = rankDocuments(
    found.map((passage, index) => ({
      found: passage,
      score: {
        ...{ fused: passage.score, lexical: null, lexicalRank: null },
        ...{ dense: passage.score, denseRank: index + 1 },
      },
    })),
  );
  const groups = await presentGroups({
    ...{ set, words: [], documents, limit, passagesPerDocument },
    ranked: familiesOf ? foldCopies(ranked, limit, familiesOf) : ranked,
  });
  return { groups, notices: [] };
}

/** A unit vector; null where the passages have none. */
async function vectorOf(
  set: ChunkSet,
  documentId: string,
  chunkId: string | undefined,
): Promise<Float32Array | null> {
  if (chunkId !== undefined) {
    const [vector] = await set.vectorsOf([{ chunkId, documentId, score: 0 }]);
    return vector ?? null;
  }
  const mean = new Float32Array(set.dimension);
  for await (const rows of set.readRows({ documentIds: [documentId], withVectors: true })) {
    for (const { vector } of rows)
      vector?.forEach((value, index) => {
        mean[index]! += value;
      });
  }
  return unitVector(mean);
}
