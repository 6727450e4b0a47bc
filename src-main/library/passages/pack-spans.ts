/**
 * Packs the sentences of a section into passages of nearly equal size, so that no small remainder is left at the
 * end.
 */
import type { WeighedSpan } from './sentence-spans.ts';

export type PackLimits = { targetTokens: number; maxTokens: number };

/** Each pack covers its spans from the first one's start to the last one's end. */
export const packSpans = (
  spans: readonly WeighedSpan[],
  { targetTokens, maxTokens }: PackLimits,
): { start: number; end: number; tokens: number }[] => {
  const packs: { start: number; end: number; tokens: number }[] = [];
  let rest = spans.reduce((sum, span) => sum + span.tokens, 0);
  let pack: { start: number; end: number; tokens: number } | null = null;
  let desired = desiredTokens(rest, targetTokens, maxTokens);
  for (const span of spans) {
    if (pack && shouldClose(pack.tokens, rest - pack.tokens, span, { desired, targetTokens, maxTokens })) {
      packs.push(pack);
      rest -= pack.tokens;
      pack = null;
      desired = desiredTokens(rest, targetTokens, maxTokens);
    }
    if (pack) {
      pack.end = span.end;
      pack.tokens += span.tokens;
    } else {
      pack = { start: span.start, end: span.end, tokens: span.tokens };
    }
  }
  if (pack) packs.push(pack);
  return packs;
};

/** What is left is shared out evenly; a little over the target is better than a scrap. */
const desiredTokens = (restTokens: number, targetTokens: number, maxTokens: number): number =>
  restTokens <= maxTokens ? restTokens : restTokens / Math.max(2, Math.round(restTokens / targetTokens));

const shouldClose = (
  tokens: number,
  restTokens: number,
  next: WeighedSpan,
  { desired, targetTokens, maxTokens }: PackLimits & { desired: number },
): boolean => {
  if (tokens + next.tokens > maxTokens) return true;
  if (tokens + restTokens <= desired + 1) return false;
  // A paragraph's end is worth stopping a little early for, unless that leaves a scrap.
  if (next.opensParagraph && tokens >= desired * 0.8 && restTokens >= targetTokens * 0.5) return true;
  return tokens + next.tokens / 2 > desired;
};
