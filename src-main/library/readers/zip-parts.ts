/** Opens the parts of a zip-based document that are asked for; a part that claims to be huge is refused before it is inflated. */
import { strFromU8, unzipSync } from 'fflate';

const maxPartBytes = 100 * 1024 * 1024;

/** Text of each wanted part by name, decoded as UTF-8. Throws on a damaged archive. */
export const readZipParts = (bytes: Uint8Array, isWanted: (name: string) => boolean): Map<string, string> => {
  const parts = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!isWanted(name)) return false;
      if (originalSize > maxPartBytes) {
        throw new Error(`Its part ${name} unpacks to ${Math.round(originalSize / 1024 / 1024)} MB.`);
      }
      return true;
    },
  });
  return new Map(Object.entries(parts).map(([name, part]) => [name, strFromU8(part)]));
};
