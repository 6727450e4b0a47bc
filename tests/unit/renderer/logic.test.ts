/** The page's pure decisions: addresses, queries made of chips, highlights, strokes, and how figures are written. */
import { describe, expect, it } from 'vitest';
import type { Device } from '../../../src-main/contract/models.ts';
import { parseQuery } from '../../../src-main/search/query-syntax.ts';
import { mergeStrokes } from '../../../src-renderer/document/marks/merge-strokes.ts';
import { passageByPage } from '../../../src-renderer/document/pdf/passage-by-page.ts';
import {
  composeQuery,
  decomposeQuery,
  noFilters,
  withChips,
} from '../../../src-renderer/state/compose-query.ts';
import { formatRoute, parseRoute, type Route } from '../../../src-renderer/state/route.ts';
import { deviceChoices } from '../../../src-renderer/text/device-choices.ts';
import { formatBytes } from '../../../src-renderer/text/format-bytes.ts';
import { formatDuration } from '../../../src-renderer/text/format-duration.ts';
import { libraryNameOf } from '../../../src-renderer/text/library-name.ts';
import { splitHighlights } from '../../../src-renderer/text/split-highlights.ts';

describe('addresses', () => {
  const routes: Route[] = [
    { view: 'search' },
    { view: 'search', asked: { text: 'where & when? #1 100%', mode: 'hybrid', filters: noFilters } },
    {
      view: 'search',
      asked: {
        text: 'rent',
        mode: 'dense',
        filters: { type: ['pdf', 'markdown'], path: ['/home/ada/My papers'], after: ['2024-01-01'] },
      },
    },
    { view: 'quick' },
    { view: 'library' },
    { view: 'library', add: '' },
    { view: 'library', add: '/home/ada/My papers & more' },
    { view: 'document', documentId: 'a/b c?#%', start: 3, end: 90, page: null, library: null },
    { view: 'document', documentId: 'd1', start: null, end: null, page: 7, library: 'work' },
  ];
  it.each(routes)('an address leads back to where it came from: %o', (route) => {
    expect(parseRoute(formatRoute(route))).toEqual(route);
  });

  it.each([
    ['', 'search'],
    ['#', 'search'],
    ['#/nowhere', 'search'],
    ['#/document', 'search'],
    ['#/search?mode=sideways&q=', 'search'],
    ['#/settings', 'settings'],
  ])('%j leads to %s', (hash, view) => {
    expect(parseRoute(hash).view).toBe(view);
  });

  it('leaves out of an address what a fresh search has anyway', () => {
    const asked = { text: '', mode: 'hybrid', filters: noFilters } as const;
    expect(formatRoute({ view: 'search', asked })).toBe('#/search');
    expect(parseRoute('#/search?mode=sideways&type=')).toEqual({ view: 'search' });
  });

  it('ignores offsets that are none', () => {
    expect(parseRoute('#/document/d1?start=-1&end=x')).toMatchObject({ start: null, end: null });
  });
});

describe('a query made of words and chips', () => {
  it('is empty without words, whatever the chips say', () => {
    expect(composeQuery('  ', { ...noFilters, type: ['pdf'] })).toBe('');
  });

  it.each([
    ['lease', 'lease', noFilters],
    [
      'the lease type:pdf path:"my papers" type:docx',
      'the lease',
      { type: ['pdf', 'docx'], path: ['my papers'] },
    ],
    ['lease after:2024-01-31', 'lease', { after: ['2024-01-31'] }],
    ['lease after:2024', 'lease after:2024', noFilters],
    ['lease type:word', 'lease type:word', noFilters],
    ['lease -type:pdf', 'lease -type:pdf', noFilters],
    ['type:pdf lease', 'type:pdf lease', noFilters],
    ['ratio 3:4', 'ratio 3:4', noFilters],
  ])('takes %s apart into what was typed and chips, and back', (query, text, filters) => {
    expect(decomposeQuery(query)).toEqual({ text, filters });
    expect(decomposeQuery(composeQuery(text, filters))).toEqual({ text, filters });
  });

  it('reads back, in the query language, as exactly the chips', () => {
    const query = composeQuery('"lease ends" may -draft', {
      type: ['pdf', 'markdown'],
      path: ['/home/ada/My "old" papers'],
      after: ['2024-01-01'],
      before: ['2025-01-01'],
    });
    const parsed = parseQuery(query);
    expect(parsed.notices).toEqual([]);
    expect(parsed.text).toBe('lease ends may');
    expect(parsed.parts.slice(-5).map(({ kind, value }) => [kind, value])).toEqual([
      ['type', 'pdf'],
      ['type', 'markdown'],
      ['path', '/home/ada/My old papers'],
      ['after', '2024-01-01'],
      ['before', '2025-01-01'],
    ]);
    expect(withChips({ type: ['pdf'], path: [' '] }, { type: [] })).toBe(noFilters);
  });
});

describe('highlights', () => {
  it.each([
    ['none', [], ['abcdef']],
    ['one inside', [{ start: 1, end: 3 }], ['a', '[bc]', 'def']],
    [
      'overlapping and unsorted',
      [
        { start: 2, end: 5 },
        { start: 0, end: 3 },
      ],
      ['[abc]', '[de]', 'f'],
    ],
    ['beyond the end', [{ start: 4, end: 99 }], ['abcd', '[ef]']],
    ['empty', [{ start: 2, end: 2 }], ['abcdef']],
  ])('%s', (_name, ranges, expected) => {
    const parts = splitHighlights('abcdef', ranges).map(({ text, marked }) => (marked ? `[${text}]` : text));
    expect(parts).toEqual(expected);
  });
});

describe('marker strokes', () => {
  const box = (left: number, top: number, width = 10, height = 10) => ({ left, top, width, height });

  it('joins what lies on one line and keeps lines apart', () => {
    expect(mergeStrokes([box(0, 0), box(12, 1), box(0, 14)])).toEqual([
      { left: 0, top: 0, width: 22, height: 11 },
      box(0, 14),
    ]);
  });

  it('leaves a gap between columns, and drops boxes without area', () => {
    expect(mergeStrokes([box(0, 0), box(100, 0), box(5, 30, 0)])).toEqual([box(0, 0), box(100, 0)]);
  });
});

describe('a passage over a page end', () => {
  const pages = [
    { page: 1, start: 0, end: 5 },
    { page: 2, start: 6, end: 11 },
  ];
  it('is cut at the page end', () => {
    expect([...passageByPage('alpha omega', pages, { start: 3, end: 8 })]).toEqual([
      [1, 'ha'],
      [2, 'om'],
    ]);
  });
  it('stays on one page where it fits', () => {
    expect([...passageByPage('alpha omega', pages, { start: 6, end: 9 })]).toEqual([[2, 'ome']]);
  });
});

describe('figures', () => {
  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [31_400_000, '31 MB'],
    [1_460_000_000, '1.5 GB'],
  ])('%d bytes is written %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0.2, '< 1 s'],
    [42.4, '42 s'],
    [200, '3 min'],
    [3600, '1 h'],
    [5400, '1 h 30 min'],
  ])('%d seconds is written %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('a name for a library', () => {
  it.each([
    ['Work papers', 'work-papers'],
    ['  Été 2024!  ', 'ete-2024'],
    ['--a--', 'a'],
    ['…', ''],
    ['x'.repeat(60), 'x'.repeat(41)],
    [`${'x'.repeat(40)} y`, 'x'.repeat(40)],
  ])('%j becomes %j, which the engine takes', (typed, name) => {
    expect(libraryNameOf(typed)).toBe(name);
    if (name !== '') expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,40}$/);
  });
});

describe('the devices to choose from', () => {
  const device = (name: string, backend: Device['backend'], usable = true): Device => ({
    name,
    backend,
    usable,
    description: '',
    memoryBytes: null,
    probe: null,
    chunksPerSecond: null,
    active: false,
  });
  const values = (devices: Device[] | null, current: string) =>
    deviceChoices(devices, current).map(({ value, disabled }) => (disabled ? `(${value})` : value));

  it.each([
    ['before the probe', null, 'auto', ['auto', 'cpu']],
    [
      'one GPU, by its backend',
      [device('CPU', 'cpu'), device('CUDA0', 'cuda')],
      'auto',
      ['auto', 'cpu', 'cuda'],
    ],
    [
      'two of a kind, by their names',
      [device('CPU', 'cpu'), device('CUDA0', 'cuda'), device('CUDA1', 'cuda', false)],
      'auto',
      ['auto', 'cpu', 'CUDA0', '(CUDA1)'],
    ],
    ['what is set stays to be seen', [device('CPU', 'cpu')], 'vulkan', ['auto', 'cpu', 'vulkan']],
  ] as const)('%s', (_, devices, current, expected) => {
    expect(values(devices && [...devices], current)).toEqual(expected);
  });
});
