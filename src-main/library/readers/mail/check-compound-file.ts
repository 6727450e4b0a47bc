/**
 * Looks for rings in a compound file (MS-CFB): chains of sectors and links among entries that lead back to themselves. Whoever follows
 * them never comes to an end, and the package that reads such files does follow them.
 */

const free = 0xfffffffa;
const headerBytes = 512;

/** Throws on a file that goes round in circles, or whose tables lie outside of it. */
export const checkCompoundFile = (bytes: Uint8Array): void => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < headerBytes) throw new Error('It is shorter than its header.');
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) throw new Error('Its sectors have no known size.');
  const sectorBytes = 1 << shift;
  const sectorCount = Math.ceil((view.byteLength - sectorBytes) / sectorBytes);
  /** Numbers in a sector; those beyond the end of the file count as free. */
  const numbers = (sector: number): number[] =>
    Array.from({ length: sectorBytes / 4 }, (_, index) => {
      const at = (sector + 1) * sectorBytes + index * 4;
      return at + 4 <= view.byteLength ? view.getUint32(at, true) : 0xffffffff;
    });
  const follow = (start: number, next: (sector: number) => number): number[] => {
    const chain: number[] = [];
    const seen = new Set<number>();
    for (let sector = start; sector < free && sector < sectorCount; sector = next(sector)) {
      if (seen.has(sector)) throw new Error('A chain of its sectors leads back to itself.');
      seen.add(sector);
      chain.push(sector);
    }
    return chain;
  };
  const last = sectorBytes / 4 - 1;
  const more = follow(view.getUint32(68, true), (sector) => numbers(sector)[last]!);
  const tables = Array.from({ length: 109 }, (_, index) => view.getUint32(76 + index * 4, true)).concat(
    more.flatMap((sector) => numbers(sector).slice(0, last)),
  );
  const table = tables.filter((sector) => sector < sectorCount).flatMap(numbers);
  refuseRings(table);
  const next = (sector: number) => table[sector] ?? 0xffffffff;
  refuseRings(follow(view.getUint32(60, true), next).flatMap(numbers));
  refuseLinkedRings(view, follow(view.getUint32(48, true), next), sectorBytes);
};

/** `table` gives the sector after each; a sector is passed through once, whatever chain comes by. */
const refuseRings = (table: readonly number[]): void => {
  const passedBy = new Int32Array(table.length);
  for (let start = 0; start < table.length; start++) {
    for (let sector = start; sector < table.length && passedBy[sector] === 0; sector = table[sector]!) {
      passedBy[sector] = start + 1;
      const after = table[sector]!;
      if (after < table.length && passedBy[after] === start + 1) {
        throw new Error('A chain of its sectors leads back to itself.');
      }
    }
  }
};

/** Entries of 128 bytes with links to the left, to the right and below; none may be reached twice. */
const refuseLinkedRings = (view: DataView, sectors: readonly number[], sectorBytes: number): void => {
  const perSector = sectorBytes / 128;
  const reached = new Set<number>();
  const waiting = [0];
  while (waiting.length > 0) {
    const entry = waiting.pop()!;
    const sector = sectors[Math.floor(entry / perSector)];
    if (sector === undefined) continue;
    if (reached.has(entry)) throw new Error('An entry of its directory is in two places.');
    reached.add(entry);
    const at = (sector + 1) * sectorBytes + (entry % perSector) * 128;
    if (at + 80 > view.byteLength) continue;
    for (const offset of [68, 72, 76]) {
      const linked = view.getUint32(at + offset, true);
      if (linked < free) waiting.push(linked);
    }
  }
};
