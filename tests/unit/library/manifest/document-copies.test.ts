/** Copies are known as such, and what only looks like one is not. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { areCopies, textSignature } from '../../../../src-main/library/extraction/text-signature.ts';
import { DocumentTable } from '../../../../src-main/library/manifest/document-table.ts';
import { libraryMigrations } from '../../../../src-main/library/manifest/library-migrations.ts';

const vocabulary =
  'the lease of this flat begins in may and ends when either side gives notice in writing'.split(' ');
/** Words that repeat nothing for long. */
const words = (count: number, seed = 1): string[] =>
  Array.from({ length: count }, (_, n) =>
    vocabulary[(n * n * 7 + n * seed * 13 + seed) % vocabulary.length]!.concat(
      String.fromCharCode(97 + ((n * seed) % 23)),
    ),
  );
const long = words(1000);
const text = (list: readonly string[]) => list.join(' ');
const replaced = (list: readonly string[], count: number) =>
  list.map((word, n) => (n % Math.floor(list.length / count) === 5 ? 'otherwise' : word));

describe('a pair of texts', () => {
  const pairs: [string, string, string, boolean][] = [
    ['the same', text(long), text(long), true],
    ['with other spaces, case and marks', text(long), long.join('\n ').toUpperCase().concat('!'), true],
    ['with a paragraph more, of a twentieth', text(long), text([...long, ...words(50, 5)]), true],
    ['with 15 words of 1000 changed', text(long), text(replaced(long, 15)), true],
    ['with a third more', text(long), text([...long, ...words(330, 5)]), false],
    ['with 80 words of 1000 changed here and there', text(long), text(replaced(long, 80)), false],
    ['about other things', text(long), text(words(1000, 3)), false],
    ['with another number', text([...long, '1250']), text([...long, '1300']), false],
    ['short and the same', 'Dear Ann, see you in May.', 'dear ann see you in may', true],
    ['short, with one other word', 'Dear Ann, see you in May.', 'Dear Bert, see you in May.', false],
    ['without words', '', '', false],
  ];
  test.each(pairs)('%s', (_, a, b, expected) => {
    expect(areCopies(textSignature(a), textSignature(b))).toBe(expected);
    expect(areCopies(textSignature(b), textSignature(a))).toBe(expected);
  });
});

describe('a library', () => {
  const open = () => {
    const database = new DatabaseSync(':memory:');
    for (const step of libraryMigrations) database.exec(step);
    database.exec("INSERT INTO folders (id, path, added_at) VALUES ('f', '/f', 1)");
    return new DocumentTable(database);
  };
  const add = (documents: DocumentTable, id: string, content: string, hash = id) => {
    if (!documents.get(id))
      documents.addPending('f', { path: `/f/${id}`, relativePath: id, sizeBytes: 1, modifiedAt: 1 }, id);
    documents.finish(id, {
      ...{ state: 'indexed', reason: null, title: id, kind: 'text', pageCount: null, chunkCount: 1 },
      ...{ contentHash: hash, reader: 'r' },
    });
    expect(documents.copies.waiting()).toEqual([{ id, contentHash: hash }]);
    documents.copies.put(id, hash, content === '' ? null : textSignature(content));
    expect(documents.copies.waiting()).toEqual([]);
  };

  test('knows all places of a document, whichever is asked for', () => {
    const documents = open();
    add(documents, 'one', text(long), 'same');
    add(documents, 'two', '', 'same');
    add(documents, 'near', text(replaced(long, 10)));
    add(documents, 'other', text(words(900, 3)));
    expect(documents.copies.placesOf('two')).toEqual(['/f/two', '/f/near', '/f/one']);
    expect(documents.copies.placesOf('other')).toEqual(['/f/other']);
    const families = documents.copies.familiesOf(['one', 'near', 'other', 'none']);
    expect(families.get('near')).toBe(families.get('one'));
    expect(families.get('other')).not.toBe(families.get('one'));
    expect(families.has('none')).toBe(false);
  });

  test('lets go of the copy that was there first', () => {
    const documents = open();
    add(documents, 'one', text(long), 'same');
    add(documents, 'two', text(long), 'same');
    add(documents, 'one', text(words(900, 3)), 'changed');
    expect(documents.copies.placesOf('one')).toEqual(['/f/one']);
    expect(documents.copies.placesOf('two')).toEqual(['/f/two']);
  });

  test('lets go of a copy that is changed or removed, the first one included', () => {
    const documents = open();
    add(documents, 'one', text(long), 'same');
    add(documents, 'two', text(long), 'same');
    add(documents, 'three', text(long), 'same');
    documents.remove(['one']);
    expect(documents.copies.placesOf('two')).toEqual(['/f/two', '/f/three']);
    add(documents, 'two', text(words(900, 3)), 'changed');
    expect(documents.copies.placesOf('two')).toEqual(['/f/two']);
    expect(documents.copies.placesOf('three')).toEqual(['/f/three']);
  });
});
