import { describe, expect, test } from 'vitest';
import type { SearchMode } from '../../../src-main/contract/search.ts';
import { ask, openSetWith, sharedSetWith } from './fixtures.ts';

const modes: SearchMode[] = ['lexical', 'dense', 'hybrid'];
const date = (text: string) => new Date(text).getTime();

const library = sharedSetWith({
  lease: {
    text: 'The lease ends in May. The notice period is three months.',
    path: "/home/o'hara/Contracts/lease_100%.pdf",
    kind: 'pdf',
    modifiedAt: date('2024-05-17T12:00'),
  },
  draft: {
    text: 'A draft of the lease: the period of notice is open.',
    path: "/home/o'hara/drafts/lease.md",
    kind: 'markdown',
    modifiedAt: date('2023-01-10T12:00'),
  },
  letter: {
    text: 'Letters about leasing a car. To be or not to be.',
    path: 'C:\\Users\\Ann\\Entwu\u0308rfe\\letter.txt',
    kind: 'text',
    modifiedAt: date('2022-07-01T12:00'),
  },
});

describe.each(modes)('%s search is narrowed', (mode) => {
  const table: [string, string[]][] = [
    ['lease', ['draft', 'lease', 'letter']],
    ['lease type:pdf', ['lease']],
    ['lease -type:pdf', ['draft', 'letter']],
    ['lease type:md,txt', ['draft', 'letter']],
    ['lease path:contracts', ['lease']],
    ["lease path:o'hara", ['draft', 'lease']],
    ['lease path:lease_100%', ['lease']],
    ['lease path:home*lease', ['draft', 'lease']],
    ['lease path:users/ann', ['letter']],
    ['lease path:entw\u00fcrfe/letter', ['letter']],
    ['lease -path:Entw\u00fcrfe', ['draft', 'lease']],
    ['lease -path:drafts -path:users', ['lease']],
    ['lease after:2024', ['lease']],
    ['lease before:2023', ['letter']],
    ['lease after:2023-01-10 before:2023-01-11', ['draft']],
    ['lease -draft', ['lease', 'letter']],
    ['lease -drafting', ['lease', 'letter']],
    ['lease -"period of notice"', ['lease', 'letter']],
    ['lease "notice period"', ['lease']],
    ['"NOTICE, period"', ['lease']],
    ['"the lease"', ['draft', 'lease']],
    ['"leases"', []],
    ['"to be or not to be"', ['letter']],
    ['lease "to be or not"', ['letter']],
    ['lease (type:pdf OR type:md)', ['draft', 'lease']],
    ['lease type:pdf OR path:users', ['lease', 'letter']],
    ['lease (path:drafts after:2023) OR (type:txt before:2023)', ['draft', 'letter']],
    ['lease -(type:pdf OR type:md)', ['letter']],
    ['lease -(type:pdf draft)', ['draft', 'lease', 'letter']],
    ['lease -(draft OR car)', ['lease']],
    ['lease NOT type:pdf', ['draft', 'letter']],
    ['lease AND type:pdf', ['lease']],
    ['"notice period" OR "period of notice"', ['draft', 'lease']],
    ['lease ("notice period" OR type:txt)', ['lease', 'letter']],
    ['-draft OR type:md lease', ['draft', 'lease', 'letter']],
    ['-lease OR type:pdf period notice car', ['lease']],
    ['lease type:email', []],
    ['lease "notice period" type:md', []],
  ];
  test.each(table)('%s', async (query, expected) => {
    const set = library();
    const { groups, notices } = await ask(set, query, { mode });
    expect(groups.map((group) => group.document.id).sort()).toEqual(expected);
    expect(notices).toEqual([]);
  });
});

test('a filter narrows before ranking: what is far down the list is found', async () => {
  const set = await openSetWith(
    Object.fromEntries([
      ...Array.from({ length: 700 }, (_, n) => [
        `crowd${n}`,
        { text: 'lease lease lease', kind: 'text' as const },
      ]),
      ['rare', { text: 'Much else is said here, and the word lease once.', kind: 'pdf' as const }],
      ['worst', { text: 'Something else entirely, with a lease of rabbits.', kind: 'text' as const }],
    ]),
  );
  for (const mode of modes) {
    const narrowed = await ask(set, 'lease type:pdf', { mode });
    expect(
      narrowed.groups.map((group) => group.document.id),
      mode,
    ).toEqual(['rare']);
    const phrase = await ask(set, 'lease "lease of rabbits"', { mode });
    expect(
      phrase.groups.map((group) => group.document.id),
      mode,
    ).toEqual(['worst']);
    // The excluded word drops out all of the first 700.
    const without = await ask(set, 'word rabbits else -"lease lease"', { mode });
    expect(without.groups.map((group) => group.document.id).sort(), mode).toEqual(['rare', 'worst']);
  }
});

test('filters alone list the newest documents first', async () => {
  const set = library();
  const { groups } = await ask(set, 'before:2024-06');
  expect(groups.map((group) => group.document.id)).toEqual(['lease', 'draft', 'letter']);
  const { groups: limited } = await ask(set, 'path:lease', { limit: 1 });
  expect(limited.map((group) => group.document.id)).toEqual(['lease']);
});

test('only exclusions find nothing, and say so', async () => {
  const { groups, notices } = await ask(library(), '-lease');
  expect(groups).toEqual([]);
  expect(notices[0]).toMatch(/something to look for/);
});

test('quotes and wildcards in a value are text, not SQL', async () => {
  const set = library();
  for (const query of [
    "lease path:' path:x",
    'lease path:"\') OR true --"',
    'lease path:%',
    'lease "\' OR 1=1"',
  ]) {
    const { groups } = await ask(set, query);
    expect(groups.length, query).toBeLessThanOrEqual(query.endsWith('%') ? 1 : 0);
  }
});
