/**
 * Opens the parts of a zip-based document that are asked for. What an archive says of its sizes is not believed: unpacking stops as
 * soon as all parts together come to more than a document may hold, or to more than any document is made of its bytes.
 */
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

const megabyte = 1024 * 1024;
const maxUnpackedBytes = 192 * megabyte;
/** Text in XML comes to some 10 to 100 times its packed size; what is packed to deceive, to some 1000 times. */
const maxRatio = 250;
/** Below this much the ratio does not matter: a short document may be one letter over and over. */
const harmlessBytes = 16 * megabyte;
const maxPartCount = 20_000;

/** Text of each wanted part by name, decoded as UTF-8. Rejects on a damaged archive and on one that unpacks to too much. */
export const readZipParts = async (
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): Promise<Map<string, string>> => {
  const archive = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    lazyEntries: true,
  });
  const parts = new Map<string, string>();
  const limitBytes = Math.min(maxUnpackedBytes, Math.max(harmlessBytes, bytes.length * maxRatio));
  let unpackedBytes = 0;
  for await (const entry of archive.eachEntry()) {
    if (!isWanted(entry.fileName)) continue;
    if (parts.size >= maxPartCount) throw new Error(`It has more than ${maxPartCount} parts.`);
    const part = await unpack(archive, entry, limitBytes - unpackedBytes);
    unpackedBytes += part.length;
    parts.set(entry.fileName, part.toString('utf8'));
  }
  return parts;
};

const unpack = async (archive: ZipFile, entry: Entry, leftBytes: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of await archive.openReadStreamPromise(entry)) {
    bytes += (chunk as Buffer).length;
    // Leaving the loop ends the stream, and with it the unpacking.
    if (bytes > leftBytes)
      throw new Error(`It unpacks to more than a document may hold, at ${entry.fileName}.`);
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
};
