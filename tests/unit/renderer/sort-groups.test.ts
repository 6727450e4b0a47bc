/** Another order of an answer's documents leaves what is certain above what is not. */
import { expect, it } from 'vitest';
import { folderOf, type ResultOrder, sortGroups } from '../../../src-renderer/text/results/sort-groups.ts';
import { fakeDocuments } from '../../support/fake-engine/fake-documents.ts';
import { fakeSearch } from '../../support/fake-engine/fake-search.ts';

const base = fakeSearch(fakeDocuments(), { query: 'lease', mode: 'hybrid' }).groups[0]!;
const group = (
  title: string,
  sizeBytes: number,
  modifiedAt: number,
  certain: boolean,
  date?: number,
  folder = 'post/',
) => ({
  ...base,
  certain,
  document: {
    ...base.document,
    ...{ title, sizeBytes, modifiedAt, relativePath: `${folder}${title}.md` },
    ...(date === undefined ? {} : { facts: { authors: [], tags: [], date } }),
  },
});
const groups = [
  group('Letter 10', 5, 100, true),
  group('Letter 9', 7, 200, true, 50, 'old/'),
  group('Annex', 9, 300, false),
  group('Zoo', 3, 150, true),
];

it.each<[ResultOrder, string[]]>([
  ['fit', ['Letter 10', 'Letter 9', 'Annex', 'Zoo']],
  ['folder', ['Letter 10', 'Zoo', 'Letter 9', 'Annex']],
  ['date', ['Zoo', 'Letter 10', 'Letter 9', 'Annex']],
  ['name', ['Letter 9', 'Letter 10', 'Zoo', 'Annex']],
  ['size', ['Letter 9', 'Letter 10', 'Zoo', 'Annex']],
])('by %s', (order, titles) => {
  expect(sortGroups(groups, order).map(({ document }) => document.title)).toEqual(titles);
});

it.each([
  ['/home/ada/Documents/flat/lease.pdf', 'flat/lease.pdf', 'flat'],
  ['/home/ada/Documents/lease.pdf', 'lease.pdf', 'Documents'],
  ['C:\\Users\\ada\\lease.pdf', 'lease.pdf', 'ada'],
])('%s is in the folder %s', (path, relativePath, folder) => {
  expect(folderOf({ path, relativePath })).toBe(folder);
});
