/** How large batches are follows the memory of the device: by plan before it is used, and by halves where there is none left all the same. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src-main/common/app-error.ts';
import { activationBytesPerToken } from '../../../src-main/llara/encode/batches/activation-memory.ts';
import type { TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { planBatchTokens } from '../../../src-main/llara/encode/batches/batch-planning.ts';
import { LlamaTextEncoder } from '../../../src-main/llara/encode/llama-text-encoder.ts';
import type { EngineLane } from '../../../src-main/llara/encode/vector-engine.ts';
import type { PromptFormatter } from '../../../src-main/llara/prompt/prompt-formatter.ts';

describe('the plan', () => {
  const [kilobytes20, gigabyte] = [20_000, 1e9];
  it.each([
    ['a card with room to spare', { freeBytes: 80 * gigabyte, bytesPerToken: kilobytes20, lanes: 1 }, 8192],
    ['half of 200 MB', { freeBytes: 0.2 * gigabyte, bytesPerToken: kilobytes20, lanes: 1 }, 5000],
    ['the same for two lanes', { freeBytes: 0.2 * gigabyte, bytesPerToken: kilobytes20, lanes: 2 }, 2500],
    [
      'a model ten times as wide',
      { freeBytes: 0.2 * gigabyte, bytesPerToken: 10 * kilobytes20, lanes: 1 },
      500,
    ],
    ['next to nothing', { freeBytes: 1000, bytesPerToken: kilobytes20, lanes: 1 }, 64],
    ['a driver that tells of nothing free', { freeBytes: 0, bytesPerToken: kilobytes20, lanes: 1 }, 64],
  ])('for %s', (_, memory, tokens) => expect(planBatchTokens(memory)).toBe(tokens));

  it('counts more for a gate, for width and for long texts', () => {
    const shape = {
      layerCount: 8,
      width: 384,
      headCount: 6,
      kvHeadCount: 6,
      headSize: 64,
      feedForward: 1024,
      vocabularySize: 32_000,
      feedForwardMatrices: 2,
      hasHead: true,
    };
    const plain = activationBytesPerToken(shape, 200);
    expect(activationBytesPerToken({ ...shape, feedForwardMatrices: 3 }, 200)).toBeGreaterThan(plain);
    expect(activationBytesPerToken({ ...shape, width: 768 }, 200)).toBeGreaterThan(plain);
    expect(activationBytesPerToken(shape, 2000)).toBeGreaterThan(plain);
    // What is computed has been read before the next layer comes.
    expect(activationBytesPerToken({ ...shape, layerCount: 80 }, 200)).toBe(plain);
  });
});

describe('an encoder whose device has less memory than was planned', () => {
  /** A lane that takes `room` tokens at the most, and notes what it was given. */
  const encoderWith = (room: number, given: number[]) => {
    const lane: EngineLane = {
      embed: async (sequences) => {
        const columns = Math.max(...sequences.map(({ tokens }) => tokens.length)) * sequences.length;
        given.push(columns);
        if (columns > room) throw new AppError('out-of-memory', 'Not enough memory on TEST0.');
        return sequences.map(({ tokens }) => [Float32Array.of(tokens[0]!, 1)]);
      },
    };
    const formatter = {
      maxTextTokens: 100,
      countTokens: () => 10,
      format: (text: string): TokenSequence => ({
        tokens: new Int32Array(10).fill(Number(text)),
        selected: Int32Array.of(9),
      }),
    };
    return new LlamaTextEncoder({
      info: {
        ...{ id: 'test', name: 'test', adapterId: null, adaptsPassages: false },
        ...{ countsByWord: false, languages: [] },
      },
      words: null,
      engine: {
        dimension: 2,
        vocabularySize: 1000,
        deviceName: 'TEST0',
        computesWindows: false,
        lanes: [lane],
        interactiveLane: null,
        maxSequences: 256,
        maxBatchTokens: 8192,
        dispose: async () => {},
      },
      formatter: formatter as unknown as PromptFormatter,
    });
  };
  const texts = Array.from({ length: 200 }, (_, index) => String(index + 1));
  const order = (vectors: readonly Float32Array[]) => vectors.map((vector) => vector[0]! / vector[1]!);

  it('goes on in halves, gives every text its vector, and tries no batch of that size again', async () => {
    const given: number[] = [];
    const encoder = encoderWith(45, given);
    const first = order(await encoder.encode(texts, 'passage'));
    for (const [index, value] of first.entries()) expect(value).toBeCloseTo(index + 1, 3);
    expect(Math.max(...given)).toBeGreaterThan(45);
    given.length = 0;
    await encoder.encode(texts, 'passage');
    expect(Math.max(...given)).toBeLessThanOrEqual(45);
    await encoder.dispose();
  });

  it('says so where not even one text fits', async () => {
    const encoder = encoderWith(5, []);
    await expect(encoder.encode(texts, 'passage')).rejects.toMatchObject({ code: 'out-of-memory' });
    await encoder.dispose();
  });
});
