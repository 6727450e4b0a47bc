/** Packs the parts of a document with a fixed time, so that the same parts give the same bytes. */
import { strToU8, type Zippable, zipSync } from 'fflate';

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A part named `mimetype` comes first and uncompressed, as OpenDocument and EPUB demand. */
export function zipParts(parts: Record<string, string>): Uint8Array {
  const mtime = new Date(2024, 0, 1, 12);
  const entries: Zippable = {};
  const names = Object.keys(parts).sort((a, b) => Number(b === 'mimetype') - Number(a === 'mimetype'));
  for (const name of names) {
    entries[name] = [strToU8(parts[name]!), { mtime, level: name === 'mimetype' ? 0 : 6 }];
  }
  return zipSync(entries);
}
