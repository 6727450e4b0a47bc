/** Which of some names was probably meant by one that is none of them. */

/** Null where none is near: one slip in names of up to five letters, two in longer ones. */
export function nearestName(typed: string, names: readonly string[]): string | null {
  const wanted = typed.toLowerCase();
  const [nearest] = names
    .map((name) => ({ name, slips: slipsBetween(wanted, name) }))
    .filter(({ name, slips }) => slips <= (Math.min(name.length, wanted.length) > 5 ? 2 : 1))
    .filter(({ name }) => Math.min(name.length, wanted.length) > 2)
    .sort((a, b) => a.slips - b.slips);
  return nearest?.name ?? null;
}

/** Letters put in, left out, put for another, or two neighbours in the other order (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const [before, above] = [rows[row - 2], rows[row - 1]!];
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isTurned = before && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(
        Math.min(
          current[column - 1]! + 1,
          above[column]! + 1,
          above[column - 1]! + (isSame ? 0 : 1),
          isTurned ? before[column - 2]! + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(current);
  }
  return rows.at(-1)!.at(-1)!;
}
