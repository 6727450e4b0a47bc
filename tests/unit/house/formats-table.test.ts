/** docs/formats.md says what the tables of formats and readers say, and names tests that are there. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { formatsTable } from '../../../build/documents/formats-table.ts';
import { readerTable } from '../../../src-main/library/readers/reader-table.ts';
import { formatSamples } from '../../support/format-samples.ts';

const repository = join(import.meta.dirname, '../../..');

test('docs/formats.md is current; `node build/documents/formats-table.ts` makes it so', () => {
  expect(readFileSync(join(repository, 'docs/formats.md'), 'utf8')).toBe(formatsTable());
});

test('what it names exists', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(repository, 'package.json'), 'utf8'),
  );
  for (const { libraries } of Object.values(readerTable)) {
    for (const library of libraries)
      expect({ ...dependencies, ...devDependencies }).toHaveProperty([library]);
  }
  for (const { test: path } of Object.values(formatSamples))
    expect(existsSync(join(repository, path)), path).toBe(true);
});
