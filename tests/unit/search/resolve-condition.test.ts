/** What a question's condition becomes, whether few documents meet it, all but few, or neither. */
import { describe, expect, test } from 'vitest';
import { searchRequestSchema } from '../../../src-main/contract/search.ts';
import { resolveCondition } from '../../../src-main/search/filters/resolve-condition.ts';
import { parseQuery } from '../../../src-main/search/query-syntax.ts';
import { searchLibrary } from '../../../src-main/search/search-library.ts';
import { documentOf, letterEncoder, openSetWith } from './fixtures.ts';

const names = (from: number, before: number) =>
  Array.from({ length: before - from }, (_, n) => `d${from + n}`);

async function resolved(query: string, matching: string[], all: string[]) {
  const asked: string[] = [];
  const result = await resolveCondition(parseQuery(query).condition, {
    documentsWhere: ({ sql }) => {
      asked.push(sql);
      return matching;
    },
    allDocuments: () => all,
    passagesWith: async ({ text }) => [`passage with ${text}`],
  });
  return { ...result, asked };
}

describe('documents that meet filters on what they say', () => {
  test('few are listed, in one question to the manifest', async () => {
    const { where, onlyDocuments, asked } = await resolved('tag:a size:>1MB type:pdf', ['d1'], names(0, 9));
    expect(where).toBe("((`kind` IN ('pdf'))) AND (`documentId` IN ('d1'))");
    expect(onlyDocuments).toBeNull();
    expect(asked).toHaveLength(1);
  });

  test('none meet it: nothing is found', async () => {
    expect((await resolved('tag:a', [], names(0, 9))).where).toBe('(false)');
  });

  test('of all but few, those few are listed', async () => {
    const { where, onlyDocuments } = await resolved('tag:a', names(1, 5000), names(0, 5000));
    expect(where).toBe("(NOT (`documentId` IN ('d0')))");
    expect(onlyDocuments).toBeNull();
  });

  test('where both lists are long, finds are held against one', async () => {
    const { where, onlyDocuments } = await resolved('tag:a type:pdf', names(0, 2500), names(0, 5000));
    expect(where).toBe("((`kind` IN ('pdf')))");
    expect(onlyDocuments?.size).toBe(2500);
  });

  test('beside others under OR, the whole list is in the condition', async () => {
    const { where, onlyDocuments } = await resolved('(tag:a OR "x y")', names(0, 2500), names(0, 5000));
    expect(where).toContain("'d2499'");
    expect(where).toContain("`chunkId` IN ('passage with x y')");
    expect(onlyDocuments).toBeNull();
  });
});

test('with both lists long, the documents that answer are found, in every mode and without words', async () => {
  const meant = new Set(names(0, 2100));
  const set = await openSetWith(
    Object.fromEntries(
      names(0, 4300).map((id) => [
        id,
        { text: meant.has(id) ? 'Something of a lease and much else.' : 'lease lease lease' },
      ]),
    ),
  );
  const ask = (query: string, mode: 'lexical' | 'dense') =>
    searchLibrary(
      {
        set,
        encoder: letterEncoder(),
        documents: (ids) => ids.map(documentOf),
        documentsWhere: () => [...meant],
      },
      searchRequestSchema.parse({ query, mode, limit: 20 }),
    );
  for (const [query, mode] of [
    ['lease tag:a', 'lexical'],
    ['lease tag:a', 'dense'],
    ['tag:a', 'lexical'],
  ] as const) {
    const { groups } = await ask(query, mode);
    expect(groups, `${query} ${mode}`).toHaveLength(20);
    expect(groups.filter(({ document }) => !meant.has(document.id))).toEqual([]);
  }
});
