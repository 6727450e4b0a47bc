/** Names and short names of months in the languages whose dates are known, from the runtime's own locale data. */
const locales = 'en de fr es it pt nl sv da nb fi pl cs ro hu tr ru uk el id'.split(' ');

let known: ReadonlyMap<string, number> | null = null;

/**
 * In lower case, without a dot; 1 is January. A name of several languages is that of the first of them. Gathered when they are first asked for:
 * that takes longer than loading most of a program that may never meet a date.
 */
export const months = (): ReadonlyMap<string, number> => {
  known ??= gatherNames();
  return known;
};

function gatherNames(): Map<string, number> {
  const names = new Map<string, number>();
  for (const locale of locales) {
    for (const month of ['long', 'short'] as const) {
      for (const options of [{ month }, { month, day: 'numeric' as const }]) {
        const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
        for (let index = 0; index < 12; index++) {
          const part = format
            .formatToParts(new Date(Date.UTC(2024, index, 15)))
            .find(({ type }) => type === 'month');
          const name = part?.value.toLowerCase().replace(/\.$/, '') ?? '';
          if (/^\p{L}{3,}$/u.test(name) && !names.has(name)) names.set(name, index + 1);
        }
      }
    }
  }
  return names;
}
