/**
 * `engine.json` in the data folder says where a running engine can be reached, so that the command line talks to it
 * instead of asking for its locks. It holds the token, so only its owner may read it. It is a hint: whoever reads it
 * must still check that something answers there.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const engineFileSchema = z.object({
  url: z.string().regex(/^http:\/\/127\.0\.0\.1:\d+$/),
  token: z.string().min(20),
  pid: z.number().int().positive(),
  /** The process that keeps this one running and stops it, where there is one: `llara serve`. */
  supervisor: z.number().int().positive().optional(),
});
export type EngineFile = z.infer<typeof engineFileSchema>;

/** Written beside and renamed, so that a reader never sees half a file. */
export function writeEngineFile(home: string, content: EngineFile): void {
  mkdirSync(home, { recursive: true });
  const temporary = `${engineFilePath(home)}.${randomUUID()}`;
  writeFileSync(temporary, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, engineFilePath(home));
}

/** Null where there is no file or a damaged one; both mean that no engine is known. */
export function readEngineFile(home: string): EngineFile | null {
  try {
    return engineFileSchema.parse(JSON.parse(readFileSync(engineFilePath(home), 'utf8')));
  } catch {
    return null; // Missing, half gone or of another version: start an engine of one's own.
  }
}

/** Removes the file if it is still the one of `token`; a later host's file stays. */
export function removeEngineFile(home: string, token: string): void {
  if (readEngineFile(home)?.token === token) rmSync(engineFilePath(home), { force: true });
}

function engineFilePath(home: string): string {
  return join(home, 'engine.json');
}
