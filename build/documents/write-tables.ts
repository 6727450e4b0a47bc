/**
 * `npm run documents`: writes what the guides say of formats, settings and filters from the tables that the product itself goes by, and tables
 * of the lab notebook from stored figures. In a document, a table stands between two comments that name it. A test fails where one is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filterRows } from './filters-table.ts';
import { formatsTable } from './formats-table.ts';
import { kindsTable, methodsTable, stepsTable } from './lab-tables.ts';
import { settingsRows } from './settings-table.ts';

const root = join(import.meta.dirname, '../..');

/** Each document that holds derived text, and what makes its whole text from what it is now. */
export const derivedDocuments: Record<string, (text: string) => string> = {
  'docs/formats.md': () => formatsTable(),
  'docs/guide/settings.md': (text) => withTable(text, 'settings', settingsRows()),
  'docs/guide/search.md': (text) => withTable(text, 'filters', filterRows()),
  'docs/lab/household.md': (text) =>
    ['household-by-commit', 'household-without-rules', 'household-adapting'].reduce(
      (written, name) => withTable(written, ...labTable(name, stepsTable)),
      withTable(text, ...labTable('household-with-scans', kindsTable)),
    ),
  'docs/lab/llara-on-a-language-model.md': (text) =>
    ['language-model', 'language-model-first-layers'].reduce(
      (written, name) => withTable(written, ...labTable(name, methodsTable)),
      text,
    ),
};

/** Named as the file of its figures. */
function labTable(name: string, make: (name: string) => string): [string, string] {
  return [name, make(name)];
}

function withTable(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name}: made by npm run documents -->\n`, `\n<!-- end of ${name} -->`];
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The comments around the table of ${name} are missing.`);
  return `${text.slice(0, from + start.length)}${table}${text.slice(to)}`;
}

if (import.meta.main) {
  for (const [path, write] of Object.entries(derivedDocuments)) {
    const file = join(root, path);
    writeFileSync(file, write(readFileSync(file, 'utf8')));
  }
}
