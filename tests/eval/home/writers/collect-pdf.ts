/** Collects in memory what a PDF writer streams. */
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

export async function collectPdf(write: (output: NodeJS.WritableStream) => void): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  const output = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece);
      done();
    },
  });
  write(output);
  await finished(output);
  return Buffer.concat(pieces);
}
