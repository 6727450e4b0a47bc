import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { EngineEvent, EngineSnapshot } from '../../../src-main/contract/events.ts';
import { EventHub } from '../../../src-main/engine/event-hub.ts';

const event = { type: 'settings' } as EngineEvent;
const longerThanTheInterval = 300;

test('tells once an interval of what changes many times', async () => {
  const hub = new EventHub();
  const make = vi.fn(() => event);
  for (let change = 0; change < 5; change++) hub.publishSoon('library:a', make);
  await delay(longerThanTheInterval);
  expect(make).toHaveBeenCalledTimes(1);
  hub.close();
});

test('tells nothing of what is gone by then', async () => {
  const hub = new EventHub();
  const leaving = new AbortController();
  const heard: EngineEvent[] = [];
  const listening = (async () => {
    for await (const one of hub.join(() => ({}) as EngineSnapshot, leaving.signal)) heard.push(one);
  })().catch(() => undefined);
  hub.publishSoon('library:gone', () => null);
  hub.publishSoon('library:kept', () => event);
  await vi.waitFor(() => expect(heard).toHaveLength(2));
  expect(heard).toEqual([{ type: 'snapshot', snapshot: {} }, event]);
  leaving.abort();
  await listening;
  hub.close();
});

test('describes nothing after it is closed, neither what was asked for before nor after', async () => {
  const hub = new EventHub();
  const make = vi.fn(() => event);
  hub.publishSoon('library:before', make);
  hub.close();
  hub.publishSoon('library:after', make);
  await delay(longerThanTheInterval);
  expect(make).not.toHaveBeenCalled();
});
