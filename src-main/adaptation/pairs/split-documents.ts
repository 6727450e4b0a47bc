/** Holds out whole documents from training, so that the figures measure unseen documents and not memory. */

import { seededRandom, shuffled } from '../../common/seeded-random.ts';
import type { AdaptationDocument } from '../adaptation-document.ts';

const heldOutShare = 0.15;
const maxHeldOutDocuments = 400;

export type DocumentSplit = { training: AdaptationDocument[]; heldOut: AdaptationDocument[] };

/** Identical texts stay on one side: a copy of a held-out document in training would flatter the result. */
export function splitDocuments(documents: readonly AdaptationDocument[], seed: number): DocumentSplit {
  const byContent = new Map<string, AdaptationDocument[]>();
  for (const document of documents) {
    const content = document.chunks.map((chunk) => chunk.text).join('\n');
    const group = byContent.get(content);
    if (group) group.push(document);
    else byContent.set(content, [document]);
  }
  const groups = shuffled([...byContent.values()], seededRandom(`held-out ${seed}`));
  const wanted = Math.min(maxHeldOutDocuments, Math.round(documents.length * heldOutShare));
  const heldOut: AdaptationDocument[] = [];
  const training: AdaptationDocument[] = [];
  for (const group of groups) (heldOut.length < wanted ? heldOut : training).push(...group);
  return { training, heldOut };
}
