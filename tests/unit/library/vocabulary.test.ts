import { DatabaseSync } from 'node:sqlite';
import { beforeEach, expect, test } from 'vitest';
import { libraryMigrations } from '../../../src-main/library/manifest/library-migrations.ts';
import { slipsBetween, Vocabulary, vocabularyWords } from '../../../src-main/library/manifest/vocabulary.ts';

let vocabulary: Vocabulary;

beforeEach(() => {
  const database = new DatabaseSync(':memory:');
  for (const step of libraryMigrations) database.exec(step);
  vocabulary = new Vocabulary(database);
});

test.each([
  ['percieved', ['perceived']],
  ['inspectoin', ['inspection']],
  ['usefullness', ['usefulness']],
  ['nihgt', ['night']],
  ['mashines', ['machines']],
  ['Kuendigung', ['kundigung']],
  ['washing', []],
  ['zzzzzz', []],
  ['lfit', ['lift']],
])('“%s” was meant to be %j', (typed, meant) => {
  expect(vocabulary.isEmpty).toBe(true);
  vocabulary.add(
    vocabularyWords([
      'Perceived usefulness of the lift inspection.',
      'Washing machines rest at night; Kündigung',
    ]),
  );
  expect(vocabulary.isEmpty).toBe(false);
  expect(vocabulary.similarTo(typed)).toEqual(meant);
});

test('nearer words come alone, and of equals the one that begins alike comes first', () => {
  vocabulary.add(vocabularyWords(['boiler boilers broiler coiler bailer']));
  expect(vocabulary.similarTo('boilar')[0]).toBe('boiler');
});

test.each([
  ['lease', 'lease', 0],
  ['lease', 'leaes', 1],
  ['lease', 'leas', 1],
  ['lease', 'lessee', 2],
  ['lease', 'tenant', 3],
])('%s and %s differ by %i slips or more', (a, b, slips) => {
  expect(slipsBetween(a, b, 2)).toBe(slips);
});
