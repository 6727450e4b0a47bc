/**
 * Whether a GGUF file is a reranker: a model that reads a question and a passage together and has a head that says how well the one answers the
 * other (a cross-encoder, arXiv 1901.04085). llama.cpp computes such a head where the pooling is `rank`.
 */
import { poolingType } from '../../native/abi/llama-h.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';

/** By what the file says of its pooling, else by the head: an encoder may have its inner layer, a pooler, but never the one that gives a score. */
export function isReranker(gguf: GgufFile): boolean {
  const pooling = gguf.number(`${gguf.string('general.architecture')}.pooling_type`);
  if (pooling === poolingType.rank) return true;
  const names = new Set(gguf.tensors().map(({ name }) => name));
  return names.has('cls.output.weight') || (pooling === undefined && names.has('cls.weight'));
}

/** Why a reranker cannot be used, null where nothing is known against it. */
export function rerankerProblem(gguf: GgufFile): string | null {
  return hasHead(gguf)
    ? null
    : `${gguf.path} says that it is a reranker, but holds no classification head. Choose a file that was converted with it.`;
}

/** Some heads have a single layer. */
const hasHead = (gguf: GgufFile): boolean =>
  gguf.tensors().some(({ name }) => name === 'cls.weight' || name === 'cls.output.weight');
