import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';
import { NameIndex } from '../../../../src-main/library/manifest/name-index.ts';
import { analyseQuestion } from '../../../../src-main/words/analyse-question.ts';
import { dateTerms } from '../../../../src-main/words/dates/find-dates.ts';

let names: NameIndex;

beforeEach(() => {
  const database = new DatabaseSync(':memory:');
  for (const step of libraryMigrations) database.exec(step);
  names = new NameIndex(database);
  const put = (id: string, path: string, calledBy: string[] = [], language = 'en', people: string[] = []) => {
    const parts = path.split('/');
    names.put(id, {
      fileName: parts.at(-1)!,
      folders: parts.slice(0, -1),
      calledBy,
      people,
      date: [],
      language,
    });
  };
  put('tam', 'Reviews/TAMReview.docx', ['Technology acceptance']);
  put('issue', 'work/issue-312.md', ['Crash at start'], 'en');
  put('lease', 'Contracts/lease_v2_draft.pdf', ['Rental agreement', 'how-we-did-it', 'flat'], 'en', [
    'Anna Meyer',
  ]);
  put('bill', 'Rechnungen/2023-11-04 Rechnung Stadtwerke.pdf', [], 'de');
  put('untitled', 'Unbenannt 3.odt', [], 'de');
});

const find = (question: string) => {
  const { words } = analyseQuestion(question, ['en', 'de']);
  return names.find(
    question,
    words.map((word) => ({ ...word, information: 1 })),
  );
};

describe('the index of names', () => {
  test.each([
    ['TAMReview', 'tam'],
    ['tam review', 'tam'],
    ['TAMReview.docx', 'tam'],
    ['tam-review', 'tam'],
    ['issue 312', 'issue'],
    ['issue-312.md', 'issue'],
    ['lease v2 draft', 'lease'],
    ['unbenannt 3', 'untitled'],
    ['leasev2draft', 'lease'],
    ['2023-11-04 Rechnung Stadtwerke', 'bill'],
    ['how we did it', 'lease'],
    ['rental agreement', 'lease'],
  ])('“%s” is the name of a file, its title or a tag', (question, id) => {
    expect(find(question)[0]).toMatchObject({ documentId: id, isExact: true });
  });

  test.each([
    ['Rechnung der Stadtwerke', 'bill'],
    ['rechnungen november 2023', 'bill'],
    ['draft of the lease', 'lease'],
    ['anna meyer', 'lease'],
    ['contracts', 'lease'],
    ['flat', 'lease'],
  ])('“%s” finds by part of a name', (question, id) => {
    const [best] = find(question);
    expect(best).toMatchObject({ documentId: id, isExact: false });
    expect(best!.coverage).toBeGreaterThan(0.3);
  });

  test('a file’s own name counts for more than a folder’s', () => {
    names.put('other', {
      fileName: 'lease.txt',
      folders: [],
      calledBy: [],
      people: [],
      date: [],
      language: 'en',
    });
    names.put('inside', {
      fileName: 'scan.txt',
      folders: ['lease'],
      calledBy: [],
      people: [],
      date: [],
      language: 'en',
    });
    const found = find('lease');
    expect(found[0]).toMatchObject({ documentId: 'other', coverage: 1, precision: 1, isExact: true });
    expect(found.find(({ documentId }) => documentId === 'inside')!.coverage).toBe(0.5);
  });

  test.each(['call 19 february 2024', 'call 19.2.2024', 'call Feb 19, 2024', 'call february 2024'])(
    '“%s” favours the document that says it is of that date',
    (question) => {
      const mail = { folders: ['mail'], calledBy: ['Minutes of the call'], people: [], language: 'en' };
      const of = (day: number, month: number) => ({ date: dateTerms({ year: 2024, month, day }) });
      names.put('february', { ...mail, fileName: '1.eml', ...of(19, 2) });
      names.put('march', { ...mail, fileName: '2.eml', ...of(20, 3) });
      const found = find(question);
      const coverage = (id: string) => found.find(({ documentId }) => documentId === id)?.coverage ?? 0;
      expect(coverage('february')).toBe(0.9);
      expect(coverage('march')).toBeLessThan(0.5);
    },
  );

  test('a document that was removed or renamed is found by its old name no more', () => {
    names.put('tam', {
      fileName: 'final.docx',
      folders: [],
      calledBy: [],
      people: [],
      date: [],
      language: 'en',
    });
    names.remove(['issue']);
    expect(find('TAMReview')).toEqual([]);
    expect(find('issue 312').map(({ documentId }) => documentId)).not.toContain('issue');
    expect(find('final')[0]).toMatchObject({ documentId: 'tam', isExact: true });
  });

  test('a file that is called so goes before one that is only entitled so', () => {
    const called = { folders: [], people: [], date: [], language: 'en' };
    names.put('copy', { ...called, fileName: 'x.md', calledBy: ['Lease v2 draft'] });
    const exact = find('lease v2 draft').filter(({ isExact }) => isExact);
    expect(exact.map(({ documentId }) => documentId)).toEqual(['lease']);
  });

  test('a name of everyday words alone is known whole, though none of them is looked for', () => {
    expect(names.find('how we did it', [])).toMatchObject([{ documentId: 'lease', isExact: true }]);
    expect(names.find('how we', [])).toEqual([]);
    expect(names.find('?!', [])).toEqual([]);
  });

  test('marks of the query language of SQLite are searched for as words', () => {
    expect(() => find('"lease" OR (NEAR* -x: ^')).not.toThrow();
    expect(find('nothing of that name')).toEqual([]);
  });
});
