/** Which stages a method has, and with what settings: by the kind of model, by the request, and for measuring. */
import { describe, expect, it } from 'vitest';
import { chooseMethod, isForQueries, stagesOf } from '../../../src-main/adaptation/training/stages.ts';
import { adaptationRequestSchema } from '../../../src-main/contract/adaptation.ts';
import { defaultTrainingSettings } from '../../../src-main/llara/training/loop/training-settings.ts';

describe('the method', () => {
  it.each([
    [undefined, false, 'contrastive'],
    ['auto', false, 'contrastive'],
    ['auto', true, 'llara+contrastive'],
    ['contrastive', true, 'contrastive'],
    ['llara', false, 'llara'],
    ['llara+contrastive', false, 'llara+contrastive'],
  ] as const)('%s, of a language model %s: %s', (wanted, isLanguageModel, method) => {
    expect(chooseMethod(wanted, isLanguageModel)).toBe(method);
  });

  it('is chosen by itself where a request names none, and no other than the known ones', () => {
    expect(adaptationRequestSchema.parse({}).method).toBe('auto');
    expect(adaptationRequestSchema.safeParse({ method: 'both' }).success).toBe(false);
  });
});

describe('the stages', () => {
  const losses = (stages: ReturnType<typeof stagesOf>) =>
    stages.map(({ settings: { objective } }) => {
      const { contrastive, ebae, ebar } = objective;
      return [contrastive, ebae, ebar].map((weight) => weight > 0);
    });

  it('of an encoder’s contrast are the default settings: queries alone', () => {
    const stages = stagesOf('contrastive', { isLanguageModel: false });
    expect(stages).toEqual([{ name: 'contrastive', settings: defaultTrainingSettings, share: 1 }]);
    expect(isForQueries(stages)).toBe(true);
  });

  it.each([true, false])(
    'of both are LLaRA’s losses, then contrast, on both sides (language model: %s)',
    (is) => {
      const stages = stagesOf('llara+contrastive', { isLanguageModel: is });
      expect(stages.map(({ name }) => name)).toEqual(['llara', 'contrastive']);
      expect(losses(stages)).toEqual([
        [false, true, true],
        [true, false, false],
      ]);
      expect(stages.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      expect(isForQueries(stages)).toBe(false);
      // They share their pairs of LoRA, so these have one shape.
      const [first, second] = stages.map(({ settings }) => settings);
      expect([second?.rank, second?.alpha]).toEqual([first?.rank, first?.alpha]);
    },
  );

  it('of a language model keep all that is learnt, of an encoder half of it', () => {
    for (const method of ['llara', 'contrastive', 'llara+contrastive'] as const) {
      for (const { settings } of stagesOf(method, { isLanguageModel: true })) {
        expect(settings).toMatchObject({ keptShare: 1, sides: 'both' });
      }
      for (const { settings } of stagesOf(method, { isLanguageModel: false }))
        expect(settings.keptShare).toBe(0.5);
    }
  });

  it('take a rank from the request, and changes for measuring', () => {
    const changes = { batchSize: 4, rank: 8 };
    for (const { settings } of stagesOf('llara+contrastive', { isLanguageModel: true, rank: 24, changes }))
      expect(settings).toMatchObject({ rank: 24, alpha: 48, batchSize: 4 });
  });
});
