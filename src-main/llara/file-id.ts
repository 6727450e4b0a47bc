/** Identity of a model or adapter file by its content. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** SHA-256, first 16 hex digits. */
export async function fileId(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  return hash.digest('hex').slice(0, 16);
}
