import type { ChunkSet } from '../../../src-main/store/chunk-set.ts';

/** The numbers of every passage's vector, by passage. Throws for a passage without one. */
export async function passageVectors(set: ChunkSet): Promise<Map<string, number[]>> {
  const vectors = new Map<string, number[]>();
  for await (const rows of set.readRows({ withVectors: true })) {
    for (const { chunkId, vector } of rows) vectors.set(chunkId, [...(vector as Float32Array)]);
  }
  return vectors;
}
