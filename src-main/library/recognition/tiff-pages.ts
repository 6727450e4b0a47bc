/**
 * The pages of a TIFF, as scanners and faxes put several into one file. All places in a TIFF count from its beginning, so a page by itself is the
 * same file that says in its head that it begins with that page. It decodes nothing.
 */

/** Above what anybody scans into one file; a file may claim any number. */
const maxPages = 2000;
/** Tag 254: bit 0 says that the picture is a smaller one of another. */
const subfileType = 254;

/** Where the directory of each page is; empty for anything but a classic TIFF. Smaller pictures of a page are passed over. */
export const tiffPages = (bytes: Uint8Array): number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order =
    bytes[0] === 0x49 && bytes[1] === 0x49 ? true : bytes[0] === 0x4d && bytes[1] === 0x4d ? false : null;
  if (order === null || bytes.length < 8 || view.getUint16(2, order) !== 42) return [];
  const pages: number[] = [];
  const seen = new Set<number>();
  for (let at = view.getUint32(4, order); at !== 0 && !seen.has(at) && seen.size < maxPages; ) {
    seen.add(at);
    if (at + 2 > bytes.length) break;
    const entryCount = view.getUint16(at, order);
    const end = at + 2 + entryCount * 12;
    if (end + 4 > bytes.length) break;
    if (!isSmaller(view, at + 2, entryCount, order)) pages.push(at);
    at = view.getUint32(end, order);
  }
  return pages;
};

/** The same file beginning with that page, counted from 1; the file as it is where it has no such page. */
export const tiffPage = (bytes: Uint8Array, page: number): Uint8Array => {
  const at = tiffPages(bytes)[page - 1];
  if (at === undefined) return bytes;
  // Not by `slice`, by which a Buffer gives its own memory.
  const copy = new Uint8Array(bytes);
  new DataView(copy.buffer).setUint32(4, at, bytes[0] === 0x49);
  return copy;
};

const isSmaller = (view: DataView, first: number, entryCount: number, order: boolean): boolean => {
  for (let entry = 0; entry < entryCount; entry++) {
    const at = first + entry * 12;
    if (view.getUint16(at, order) === subfileType) return (view.getUint32(at + 8, order) & 1) === 1;
  }
  return false;
};
