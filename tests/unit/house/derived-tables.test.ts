/** What the guides say of formats, settings and filters is what the product goes by, and names tests and packages that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { derivedDocuments } from '../../../build/documents/write-tables.ts';
import { filterFacts, searchFilterNames } from '../../../src-main/contract/tables/search-filters.ts';
import { settingFacts, shownSettings } from '../../../src-main/contract/tables/settings-table.ts';
import { readerTable } from '../../../src-main/library/readers/reader-table.ts';
import { formatSamples } from '../../support/format-samples.ts';

const repository = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');

test.each(Object.entries(derivedDocuments))(
  '%s is current; `npm run documents` makes it so',
  (path, write) => {
    expect(read(path)).toBe(write(read(path)));
  },
);

test('the guides hold every setting and every filter', () => {
  const [settings, search] = [read('docs/guide/settings.md'), read('docs/guide/search.md')];
  for (const name of shownSettings) expect(settings).toContain(`| ${settingFacts(name).label} |`);
  for (const name of searchFilterNames) expect(search).toContain(`| ${filterFacts(name).help} |`);
});

test('what the table of formats names exists', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  for (const { libraries } of Object.values(readerTable)) {
    for (const library of libraries)
      expect({ ...dependencies, ...devDependencies }).toHaveProperty([library]);
  }
  for (const { test: path } of Object.values(formatSamples))
    expect(existsSync(join(repository, path)), path).toBe(true);
});
