/** Which build a process opens follows the setting; nothing is guessed from a name that says nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chooseVariant, variantOf } from '../../../src-main/llara/device/choose-variant.ts';
import { openDevice } from '../../../src-main/llara/device/open-device.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';

const scratch = scratchFolder();
afterEach(() => vi.unstubAllEnvs());

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

describe('opening a device', () => {
  it('leaves a process without libraries alive, for search by words', async () => {
    const empty = join(scratch, 'empty');
    mkdirSync(empty);
    vi.stubEnv('LLARA_NATIVE_DIR', empty);
    await expect(openDevice('vulkan', {})).resolves.toMatchObject({ device: 'cpu', wanted: 'vulkan' });
    await expect(NativeRuntime.create()).rejects.toMatchObject({ code: 'native-library-missing' });
  });
});
