/**
 * The token sequence of one text for training: both LLaRA branches behind one shared prefix (arXiv 2312.15503: NEXT does not
 * see SELF, and its positions restart where SELF's began), or one branch alone.
 */
import type { TokenSequence } from '../../encode/batch-packing.ts';

/** Token ids around a text, and how many positions at a suffix's end are pooled. */
export type BranchPrompt = {
  prefix: readonly number[];
  selfSuffix: readonly number[];
  nextSuffix: readonly number[];
  pooledPositions: number;
};

export type BranchKind = 'both' | 'self' | 'next';

/** Selected positions: SELF's pooled ones first, then NEXT's. `text` must already be short enough. */
export function buildBranchSequence(
  text: ArrayLike<number>,
  prompt: BranchPrompt,
  kind: BranchKind,
): TokenSequence {
  const self = kind === 'next' ? [] : prompt.selfSuffix;
  const next = kind === 'self' ? [] : prompt.nextSuffix;
  const shared = prompt.prefix.length + text.length;
  const length = shared + self.length + next.length;
  const tokens = new Int32Array(length);
  tokens.set(prompt.prefix);
  tokens.set(Int32Array.from(text), prompt.prefix.length);
  tokens.set(self, shared);
  tokens.set(next, shared + self.length);
  const pooled = (end: number) =>
    Array.from({ length: prompt.pooledPositions }, (_, i) => end - prompt.pooledPositions + i);
  const nextFrom = shared + self.length;
  const selected = Int32Array.from([
    ...(self.length > 0 ? pooled(nextFrom) : []),
    ...(next.length > 0 ? pooled(length) : []),
  ]);
  if (kind !== 'both') return { tokens, selected };
  return {
    tokens,
    selected,
    positions: Int32Array.from(tokens, (_, at) => (at < nextFrom ? at : at - self.length)),
    branches: Uint8Array.from(tokens, (_, at) => (at < shared ? 0 : at < nextFrom ? 1 : 2)),
  };
}
