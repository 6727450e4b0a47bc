import { expect, test, vi } from 'vitest';
import { TokenCounter } from '../../../src-main/library/extraction/token-counter.ts';

const lengths = () => vi.fn(async (texts: string[]) => texts.map((text) => text.length));

test('asks for each word but once', async () => {
  const ask = lengths();
  const counter = new TokenCounter(ask);
  const rules = { id: 'a', isByWord: true };
  expect(await counter.count(['one two  two\n', '', 'two\tthree'], rules)).toEqual([9, 0, 8]);
  expect(await counter.count(['three one'], rules)).toEqual([8]);
  expect(ask.mock.calls).toEqual([[['one', 'two', 'three']]]);
});

test('asks for whole texts where words by themselves are no measure', async () => {
  const ask = lengths();
  const counter = new TokenCounter(ask);
  expect(await counter.count(['one two', 'one two'], { id: 'a', isByWord: false })).toEqual([7, 7]);
  expect(ask.mock.calls).toEqual([[['one two', 'one two']]]);
});

test('counts anew for another encoder', async () => {
  const ask = lengths();
  const counter = new TokenCounter(ask);
  await counter.count(['one'], { id: 'a', isByWord: true });
  ask.mockResolvedValueOnce([7]);
  expect(await counter.count(['one'], { id: 'b', isByWord: true })).toEqual([7]);
});
