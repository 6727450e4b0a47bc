/** TOML. A new entry is a table of its own at the end of the file; what is there already is patched where it stands. */
import { parse as parseForPatch, patch } from '@decimalturn/toml-patch';
import { parse, stringify } from 'smol-toml';
import { asObject, type Notation } from './notation.ts';

export const tomlNotation: Notation = {
  // Plain objects with dates as text, which can be compared.
  parse: (text) => asObject(JSON.parse(JSON.stringify(parse(text)))),
  edit(text, [section, name], value) {
    const before = asObject(parseForPatch(text));
    const entries = asObject(before[section] ?? {});
    if (value !== null && !(name in entries)) {
      const appended = appendTable(text, section, name, value);
      if (isReadable(appended)) return appended;
    }
    const { [name]: _, ...others } = entries;
    return patch(text, { ...before, [section]: value === null ? others : { ...others, [name]: value } });
  },
};

function appendTable(text: string, section: string, name: string, value: Record<string, unknown>): string {
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  // Only the table itself gets a heading: one for the section would be a second one.
  const table = stringify({ [section]: { [name]: value } })
    .replace(new RegExp(`^\\[${section}\\]\\n+`), '')
    .trim()
    .replaceAll('\n', lineEnd);
  const start = text.trimEnd() === '' ? '' : `${text.trimEnd()}${lineEnd}${lineEnd}`;
  return `${start}${table}${lineEnd}`;
}

/** A section written as a value within braces cannot be added to by a table. */
function isReadable(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false; // It is patched in place instead.
  }
}
