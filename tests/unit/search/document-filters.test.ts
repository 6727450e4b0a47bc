/** Filters on what documents say of themselves, over a real manifest and a real index, in every mode. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import type { DocumentFacts } from '../../../src-main/contract/libraries.ts';
import { type SearchMode, searchRequestSchema } from '../../../src-main/contract/search.ts';
import { DocumentTable } from '../../../src-main/library/manifest/document-table.ts';
import { libraryMigrations } from '../../../src-main/library/manifest/library-migrations.ts';
import { searchLibrary } from '../../../src-main/search/search-library.ts';
import { documentOf, letterEncoder, sharedSetWith } from './fixtures.ts';

type Stated = Partial<DocumentFacts> & { title?: string; spoken?: string; sizeBytes?: number };

const utc = (text: string) => Date.parse(`${text}T00:00:00Z`);
const stated: Record<string, Stated> = {
  bill: {
    tags: ['Invoice', 'work/clients'],
    authors: ['Ames, Ann'],
    date: utc('2024-05-01'),
    title: 'Annual Report of the House',
    spoken: 'en',
    sizeBytes: 6_000_000,
  },
  letter: {
    tags: ['work'],
    authors: ['Bert Bée'],
    date: utc('2023-12-31'),
    title: 'Brief über die Miete',
    spoken: 'de',
    language: 'en-US',
    sizeBytes: 180_000,
  },
  mail: {
    from: 'Ann Ames <ann.ames@example.org>',
    to: 'Bert Bee <bert@example.org>, cleo@example.com',
    date: Date.parse('2024-05-17T12:00:00'),
    title: 'The report',
    language: 'fr-FR',
    sizeBytes: 5_000_000,
  },
  silent: { title: 'silent.txt', sizeBytes: 100 },
};

function manifest(): DocumentTable {
  const database = new DatabaseSync(':memory:');
  for (const step of libraryMigrations) database.exec(step);
  database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
  const documents = new DocumentTable(database);
  for (const [id, { title = id, spoken = null, sizeBytes = 1, ...facts }] of Object.entries(stated)) {
    documents.addPending('f', { path: `/f/${id}`, relativePath: id, sizeBytes, modifiedAt: 1 }, id);
    documents.finish(id, {
      ...{ state: 'indexed', reason: null, title, kind: 'text', pageCount: null, chunkCount: 1 },
      ...{ contentHash: id, reader: 'r', language: spoken },
      ...(id === 'silent' ? {} : { facts: { authors: [], tags: [], ...facts } }),
    });
  }
  return documents;
}

const documents = manifest();
const library = sharedSetWith(
  Object.fromEntries(
    Object.keys(stated).map((id) => [id, { text: `The lease of ${id}, its notice period.` }]),
  ),
);

const ask = async (query: string, mode: SearchMode = 'hybrid') =>
  searchLibrary(
    {
      set: library(),
      encoder: letterEncoder(),
      documents: (ids) => ids.map(documentOf),
      documentsWhere: (condition) => documents.values.matching(condition),
    },
    searchRequestSchema.parse({ query, mode }),
  );
const idsOf = async (query: string, mode?: SearchMode) => {
  const { groups, notices } = await ask(query, mode);
  expect(notices).toEqual([]);
  return groups.map(({ document }) => document.id).sort();
};

const table: [string, string[]][] = [
  ['tag:invoice', ['bill']],
  ['tag:#INVOICE', ['bill']],
  ['tag:work', ['bill', 'letter']],
  ['tag:clients', []],
  ['tag:*client*', ['bill']],
  ['tag:invoice,work', ['bill', 'letter']],
  ['tag:invoice tag:work', ['bill']],
  ['-tag:invoice', ['letter', 'mail', 'silent']],
  ['author:ames', ['bill']],
  ['author:"ann ames"', ['bill']],
  ['author:mes', []],
  ['author:bee', ['letter']],
  ['from:ann.ames@example.org', ['mail']],
  ['from:bert', []],
  ['to:bert', ['mail']],
  ['to:cleo@example', ['mail']],
  ['title:report', ['bill', 'mail']],
  ['title:"annual rep"', ['bill']],
  ['title:uber', ['letter']],
  ['lang:en', ['bill']],
  ['lang:german', ['letter']],
  ['lang:de,french', ['letter', 'mail']],
  ['-lang:de', ['bill', 'mail', 'silent']],
  ['size:>5MB', ['bill']],
  ['size:>=5MB', ['bill', 'mail']],
  ['size:<200KB', ['letter', 'silent']],
  ['size:100KB..5MB', ['letter', 'mail']],
  ['size:5MB', ['mail']],
  ['size:5,0mb', ['mail']],
  ['date:2024', ['bill', 'mail']],
  ['date:2024-05-01', ['bill']],
  ['date:2024-05-17', ['mail']],
  ['date:2023-12-31..2024-05-01', ['bill', 'letter']],
  ['-date:2024', ['letter', 'silent']],
  ['tag:invoice OR author:bee', ['bill', 'letter']],
  ['(tag:invoice author:ann) OR from:ann', ['bill', 'mail']],
  ['-(tag:work OR from:ann)', ['silent']],
  ['tag:work OR "lease of mail"', ['bill', 'letter', 'mail']],
  ['-(tag:work "lease of bill")', ['letter', 'mail', 'silent']],
  ['"lease of mail" OR "lease of silent"', ['mail', 'silent']],
];
const modes: SearchMode[] = ['lexical', 'dense', 'hybrid'];

describe.each(modes)('%s search', (mode) => {
  test.each(table)('lease %s', async (filters, expected) => {
    expect(await idsOf(`lease ${filters}`, mode)).toEqual(expected);
  });
});

test('such filters alone list documents', async () => {
  expect(await idsOf('tag:work')).toEqual(['bill', 'letter']);
});

test('a changed document is asked for by what it says now, and one that is gone by nothing', () => {
  const own = manifest();
  const has = (tag: string) =>
    own.values.matching({
      sql: 'id IN (SELECT document_id FROM document_values WHERE value = ?)',
      values: [tag],
    });
  expect(has('invoice')).toEqual(['bill']);
  const bill = own.get('bill')!;
  own.finish('bill', { ...bill, facts: { authors: [], tags: ['paid'] } });
  expect([has('invoice'), has('paid')]).toEqual([[], ['bill']]);
  own.remove(['bill']);
  expect(has('paid')).toEqual([]);
});

describe('a value that means nothing says what there is to write', () => {
  const refused: [string, RegExp][] = [
    ['size:>5XB', /holds no size.*size:>5MB\?/],
    ['after:2024-13', /holds no date.*after:2024-12\?/],
    ['date:30.2.2024', /date:2024-02-29\?/],
    ['type:pfd', /type:pdf\?/],
    ['lang:germn', /lang:german\?/],
    ['tpye:pdf', /no filter “tpye:”; did you mean type:pdf\?/],
    ['language:de', /did you mean lang:de\?/],
    ['autor:ames', /did you mean author:ames\?/],
  ];
  test.each(refused)('%s', async (query, notice) => {
    const { notices } = await ask(`lease ${query}`);
    expect(notices).toEqual([expect.stringMatching(notice)]);
  });

  test.each(['http://a.b/c', 'ratio 3:1', 'note: this', 'C:\\documents', '10:30', 'file:///x'])(
    '%s is text',
    async (query) => {
      expect((await ask(query)).notices).toEqual([]);
    },
  );
});
