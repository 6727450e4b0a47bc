/** Which build a process opens follows the setting; nothing is guessed from a name that says nothing. */
import { describe, expect, it } from 'vitest';
import { chooseVariant, variantOf } from '../../src-main/llara/choose-variant.ts';

describe('the build for a device setting', () => {
  it.each([
    ['cpu', 'cpu'],
    ['CUDA0', 'cuda'],
    ['vulkan', 'vulkan'],
    ['Vulkan1', 'vulkan'],
    ['MTL0', 'metal'],
    ['auto', null],
    ['gpu', null],
    ['cudalike', null],
  ])('%s → %s', (device, variant) => expect(variantOf(device)).toBe(variant));

  it('is the one that is named', async () => {
    await expect(chooseVariant('vulkan')).resolves.toBe('vulkan');
  });

  it('is never an unprobed CUDA for auto', async () => {
    await expect(chooseVariant('auto')).resolves.not.toBe('cuda');
  });
});
