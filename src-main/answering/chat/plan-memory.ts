/**
 * How much memory a chat model may take beside what the engine holds already. It is asked for before a model is loaded: one that does
 * not fit would push the encoder, or the person's other programs, out to the disk.
 */
import { AppError } from '../../common/app-error.ts';

/** Passages of an answer, the answer, and room for a template. */
export const wantedContextTokens = 4096;
/** Less than this holds no passages. */
const leastContextTokens = 2048;
/** What computing takes besides weights and context, and what is left to everybody else. */
const workingBytes = 300e6;
const spareBytes = 500e6;

export type MemoryNeed = { name: string; fileBytes: number; bytesPerToken: number; contextLength: number };

/** Tokens of context. Throws `out-of-memory`, with both figures. */
export function planContext(
  { name, fileBytes, bytesPerToken, contextLength }: MemoryNeed,
  freeBytes = process.availableMemory(),
): number {
  const wanted = Math.min(wantedContextTokens, contextLength);
  const room = freeBytes - spareBytes - workingBytes - fileBytes;
  const tokens = Math.min(wanted, Math.floor(room / bytesPerToken / 256) * 256);
  if (tokens >= Math.min(leastContextTokens, wanted)) return tokens;
  const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1);
  const need = fileBytes + workingBytes + spareBytes + bytesPerToken * Math.min(leastContextTokens, wanted);
  throw new AppError(
    'out-of-memory',
    `${name} needs ${gigabytes(need)} GB of memory and ${gigabytes(freeBytes)} GB are free. Close other programs, or choose a smaller model.`,
  );
}
