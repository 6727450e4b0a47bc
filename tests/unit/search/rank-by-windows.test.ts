/** Passages that vectors found, in the order of their parts. */
import { expect, it } from 'vitest';
import { rankByWindows } from '../../../src-main/search/ranking/rank-by-windows.ts';
import { packWindows } from '../../../src-main/store/tables/packed-windows.ts';
import { letterVector } from '../store/rows.ts';
import { ask, letterEncoder, openSetWith } from './fixtures.ts';

const question = letterVector('bicycle passage');
const windowsOf = (...texts: string[]) => packWindows(texts.map((text) => letterVector(text)));
const found = (chunkId: string, score: number, windows: Uint8Array | null) => ({
  chunkId,
  documentId: chunkId,
  score,
  windows,
});
const order = (...chunks: ReturnType<typeof found>[]) =>
  rankByWindows(chunks, question).map(({ chunkId }) => chunkId);

it('puts the passage first of which a part answers', () => {
  const long = found('long', 0.4, windowsOf('quite other matters', 'bicycle passage'));
  expect(order(found('near', 0.5, windowsOf('bicycle', 'matters')), long)).toEqual(['long', 'near']);
});

it('takes passages whose parts have no vectors yet for as much nearer as the others are', () => {
  const known = [
    found('a', 0.5, windowsOf('bicycle passage')),
    found('b', 0.4, windowsOf('bicycle passage')),
  ];
  expect(order(found('unknown', 0.9, null), ...known)).toEqual(['unknown', 'a', 'b']);
  expect(order(...known, found('unknown', 0.3, null))).toEqual(['a', 'b', 'unknown']);
});

it('changes nothing where no parts have vectors', () => {
  const scores = rankByWindows([found('a', 0.5, null), found('b', 0.4, null)], question);
  expect(scores.map(({ score }) => score)).toEqual([expect.closeTo(0.5), expect.closeTo(0.4)]);
});

it('finds what one part of a passage says', async () => {
  const long = 'harbour lantern winter kettle bicycle';
  const set = await openSetWith({
    'long.txt': { text: long, windows: windowsOf('harbour lantern winter kettle', 'bicycle') },
    'short.txt': { text: 'bicycle lantern', windows: windowsOf('bicycle lantern') },
  });
  const encoder = letterEncoder({ makesWindows: true });
  const { groups } = await ask(set, 'bicycle', { encoder, mode: 'hybrid' });
  expect(groups[0]?.document.id).toBe('long');
});
