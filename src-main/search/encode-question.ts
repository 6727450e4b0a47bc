/** The vector of a question, or a notice that says why the answer must do without. */
import type { TextEncoder } from '../llara/encode/text-encoder.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { QueryVectors } from './query-vectors.ts';

export type QuestionEncoding = {
  set: Pick<ChunkSet, 'dimension'>;
  /** Null where none is usable; `encoderProblem` then says why, for a person. */
  encoder: TextEncoder | null;
  encoderProblem?: string | null;
  /** Remembers vectors of recent questions; used only if it belongs to `encoder`. */
  queryVectors?: QueryVectors | null;
};

/** Null where the answer must do without, for a reason that is then among `notices`. */
export async function encodeQuestion(
  { set, encoder, encoderProblem, queryVectors }: QuestionEncoding,
  { text, notices }: { text: string; notices: string[] },
  signal?: AbortSignal,
): Promise<Float32Array | null> {
  const problem = noVectorReason(set, encoder, encoderProblem);
  if (problem || !encoder) {
    notices.push(`Only words were searched. ${problem}`);
    return null;
  }
  try {
    if (queryVectors?.encoder === encoder) return await queryVectors.get(text, signal);
    const [vector] = await encoder.encode([text], 'query', { priority: 'interactive', signal });
    return vector!;
  } catch (error) {
    signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    notices.push(`Only words were searched, because the encoder failed: ${reason}`);
    return null;
  }
}

function noVectorReason(
  set: Pick<ChunkSet, 'dimension'>,
  encoder: TextEncoder | null,
  encoderProblem?: string | null,
): string | null {
  if (!encoder) return encoderProblem ?? 'There is no encoder to search by meaning.';
  if (set.dimension === 0) return encoderProblem ?? 'The passages of this library have no vectors yet.';
  if (set.dimension === encoder.dimension) return null;
  return `The encoder ${encoder.info.name} makes vectors of ${encoder.dimension} numbers, this library's have ${set.dimension}.`;
}

export function notAllEmbedded(set: Pick<ChunkSet, 'embeddedCount' | 'passageTotal'>): string {
  const percent = Math.floor((100 * set.embeddedCount) / Math.max(1, set.passageTotal));
  return `Only ${percent} % of the passages can be found by meaning so far; the rest are still being worked on.`;
}
