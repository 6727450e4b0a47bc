/** The catalogue's entries, and what they would cost on a machine whose pace is known. */
import { describe, expect, it, vi } from 'vitest';
import { catalogue, type EncoderShape } from '../../../../src-main/engine/models/catalogue.ts';
import { MeasuredPaces } from '../../../../src-main/engine/models/measured-paces.ts';
import { measurePace, modelCost } from '../../../../src-main/engine/models/model-cost.ts';
import type { EncodeOptions, TextEncoder, TextRole } from '../../../../src-main/llara/encode/text-encoder.ts';
import { catalogueProfile } from '../../../../src-main/llara/prompt/profile-catalogue.ts';

const mini: EncoderShape = {
  layerCount: 6,
  width: 384,
  headCount: 12,
  kvHeadCount: 12,
  headSize: 32,
  feedForward: 1536,
  feedForwardMatrices: 2,
};

describe('the cost of a model', () => {
  const pace = { shape: mini, passagesPerSecond: 12 };

  it('is the pace of the encoder in use for one of its shape, and shrinks as the arithmetic grows', () => {
    const costOf = (shape: EncoderShape) => modelCost({ shape, sizeBytes: 30 }, pace);
    expect(costOf(mini)).toEqual({ passagesPerSecond: 12, memoryBytes: 30 });
    expect(costOf({ ...mini, layerCount: 12 })?.passagesPerSecond).toBeCloseTo(6);
    // Four times the products, since both extents of every matrix have doubled.
    const wide = { ...mini, width: 768, headSize: 64, feedForward: 3072 };
    expect(costOf(wide)?.passagesPerSecond).toBeCloseTo(3);
    // A vocabulary costs memory and no time, a third matrix in the feed-forward costs time.
    expect(costOf({ ...mini, feedForwardMatrices: 3 })?.passagesPerSecond).toBeCloseTo(9);
  });

  it('is not made up where the shape or a pace is missing', () => {
    expect(modelCost({ shape: null, sizeBytes: 30 }, pace)).toBeNull();
    expect(modelCost({ shape: mini, sizeBytes: 30 }, null)).toBeNull();
  });

  it('is measured on more and more texts, until that took long enough or there are enough', async () => {
    const counts: number[] = [];
    const encoder = {
      countTokens: (texts: readonly string[]) => texts.map(() => 60),
      encode: async (texts: readonly string[], _: TextRole, options?: EncodeOptions) => {
        counts.push(texts.length);
        expect(options?.priority).toBe('interactive');
        return [];
      },
    } as unknown as TextEncoder;
    expect(await measurePace(encoder)).toBeGreaterThan(0);
    expect(counts).toEqual([2, 4, 8, 16, 32, 64]);
  });
});

describe('the catalogue', () => {
  it('has a name, a place, a licence and a prompt for each entry', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
    for (const { id, name, url, licence, sizeBytes } of catalogue) {
      expect(new URL(url), id).toMatchObject({ protocol: 'https:' });
      expect(url, id).toMatch(/\.gguf$/);
      expect(licence, id).not.toBe('');
      expect(sizeBytes, id).toBeGreaterThan(1 << 20);
      expect(catalogueProfile(name, new URL(url).pathname), id).not.toBeNull();
    }
  });

  it('states shapes that fit the entries', () => {
    for (const { id, shape, dimension, architecture, sizeBytes } of catalogue) {
      if (shape === null) {
        expect(architecture, id).toBe('nomic-bert');
        continue;
      }
      const { layerCount, width, headCount, kvHeadCount, headSize, feedForward, feedForwardMatrices } = shape;
      expect(width, id).toBe(dimension);
      expect(headCount % kvHeadCount, id).toBe(0);
      const weights =
        layerCount * width * (2 * headSize * (headCount + kvHeadCount) + feedForwardMatrices * feedForward);
      // What is left of the file, at 34 bytes for 32 weights, are the embeddings of tokens and positions.
      const embeddings = (sizeBytes * 32) / 34 - weights;
      expect(embeddings / width, id).toBeGreaterThan(30_000);
      expect(embeddings / width, id).toBeLessThan(320_000);
    }
  });
});

it('measures an encoder once in ten minutes, and keeps the best', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  let callMs = 300;
  const encode = vi.fn(async (texts: readonly string[]) => {
    vi.advanceTimersByTime(callMs);
    return texts.map(() => new Float32Array(2));
  });
  const encoder = {
    info: { id: 'mini' },
    countTokens: (texts: readonly string[]) => texts.map(() => 60),
    encode,
  } as unknown as TextEncoder;
  const paces = new MeasuredPaces();
  const first = (await paces.with(encoder)).get('mini');
  expect(first).toBeGreaterThan(0);
  await paces.with(encoder);
  expect(encode).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(600_000);
  callMs = 600;
  expect((await paces.with(encoder)).get('mini')).toBe(first);
  expect(encode).toHaveBeenCalledTimes(2);
  vi.useRealTimers();
});
