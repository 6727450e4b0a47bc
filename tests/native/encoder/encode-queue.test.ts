/** Who comes first: the queue and the batch plan alone, without a model. */
import { describe, expect, it } from 'vitest';
import { planBatches } from '../../../src-main/llara/encode/batches/batch-planning.ts';
import { EncodeQueue } from '../../../src-main/llara/encode/encode-queue.ts';

/** Work that ends when told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('the queue', () => {
  it('serves interactive work at the next free lane', async () => {
    const queue = new EncodeQueue(['lane']);
    const order: string[] = [];
    const first = gate();
    const work = (name: string) => async () => void order.push(name);
    const all = [
      queue.add(() => first.opened, 'background'),
      queue.add(work('passage 1'), 'background'),
      queue.add(work('passage 2'), 'background'),
      queue.add(work('query'), 'interactive'),
    ];
    first.open();
    await Promise.all(all);
    expect(order).toEqual(['query', 'passage 1', 'passage 2']);
  });

  it('keeps a lane that passages never take', async () => {
    const queue = new EncodeQueue(['shared'], 'kept');
    const first = gate();
    const order: string[] = [];
    const running = queue.add(() => first.opened, 'background');
    const waiting = queue.add(async (lane) => void order.push(`passage on ${lane}`), 'background');
    await queue.add(async (lane) => void order.push(`query on ${lane}`), 'interactive');
    expect(order).toEqual(['query on kept']);
    first.open();
    await Promise.all([running, waiting]);
    expect(order).toEqual(['query on kept', 'passage on shared']);
  });

  it('uses all lanes at once and no lane twice', async () => {
    const queue = new EncodeQueue([1, 2]);
    const busy = new Set<number>();
    let most = 0;
    const work = async (lane: number) => {
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      most = Math.max(most, busy.size);
      await new Promise((resolve) => setTimeout(resolve, 1));
      busy.delete(lane);
    };
    await Promise.all(Array.from({ length: 9 }, () => queue.add(work, 'background')));
    expect(most).toBe(2);
  });

  it('goes on after a failure, which only its caller sees', async () => {
    const queue = new EncodeQueue(['lane']);
    const failing = queue.add(async () => Promise.reject(new Error('broken')), 'background');
    await expect(failing).rejects.toThrow('broken');
    await expect(queue.add(async () => 'fine', 'background')).resolves.toBe('fine');
  });

  it('never starts what was aborted while it waited', async () => {
    const queue = new EncodeQueue(['lane']);
    const first = gate();
    const controller = new AbortController();
    let started = false;
    const running = queue.add(() => first.opened, 'background');
    const waiting = queue.add(
      async () => {
        started = true;
      },
      'background',
      controller.signal,
    );
    const reason = new Error('enough');
    controller.abort(reason);
    first.open();
    await running;
    await expect(waiting).rejects.toBe(reason);
    expect(started).toBe(false);
  });

  it('closes after what runs and rejects what waits', async () => {
    const queue = new EncodeQueue(['lane']);
    const first = gate();
    let ended = false;
    const running = queue.add(async () => {
      await first.opened;
      ended = true;
    }, 'background');
    const waiting = queue.add(async () => undefined, 'interactive');
    const rejected = expect(waiting).rejects.toThrow(/disposal/);
    const closing = queue.close();
    first.open();
    await closing;
    expect(ended).toBe(true);
    await running;
    await rejected;
    await expect(queue.add(async () => undefined, 'background')).rejects.toThrow(/disposal/);
  });
});

describe('the batch plan', () => {
  it.each([
    {
      name: 'similar lengths together, longest first',
      lengths: [5, 60, 6, 58],
      budget: 120,
      plan: [
        [1, 3],
        [2, 0],
      ],
    },
    { name: 'padding counts', lengths: [100, 1, 1], budget: 200, plan: [[0, 1], [2]] },
    { name: 'a text above the budget goes alone', lengths: [500, 10], budget: 64, plan: [[0], [1]] },
    { name: 'nothing from nothing', lengths: [], budget: 64, plan: [] },
  ])('$name', ({ lengths, budget, plan }) => {
    expect(planBatches(lengths, budget)).toEqual(plan);
  });

  it('keeps to the number of sequences', () => {
    expect(planBatches([1, 1, 1, 1, 1], 1000, 2)).toEqual([[0, 1], [2, 3], [4]]);
  });

  it('loses and repeats no text', () => {
    const lengths = Array.from({ length: 300 }, (_, index) => 1 + ((index * 37) % 90));
    const flat = planBatches(lengths, 256).flat();
    expect([...flat].sort((a, b) => a - b)).toEqual(lengths.map((_, index) => index));
  });
});
