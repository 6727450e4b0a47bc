/** A device setting that cannot be had leaves the best device that works, and says why. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDevice } from '../../../src-main/llara/device/open-device.ts';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../helpers/scratch.ts';
import { makeTinyLlama } from '../models/make-tiny-llama.ts';

const scratch = scratchFolder();
/** No system has both. */
const missing = process.platform === 'darwin' ? 'cuda' : 'metal';

test.each(['cpu', 'auto'])('%s is what it says, without a problem', async (wanted) => {
  expect(await openDevice(wanted, {})).toEqual({ wanted, device: wanted, problem: null });
});

test.each([
  [missing, /is not installed/],
  ['abacus', /There is no device abacus here, only .*CPU/],
  ['CUDA7', /CUDA7|cuda/],
])('%s is not here, so another one computes', async (wanted, why) => {
  const { device, problem } = await openDevice(wanted, {});
  expect(['cpu', 'auto']).toContain(device);
  expect(problem).toContain(`“${wanted}”`);
  expect(problem).toMatch(why);
  const modelPath = join(scratch, `${wanted}.gguf`);
  await makeTinyLlama(await NativeRuntime.create(), modelPath);
  const encoder = await createTextEncoder({ modelPath, device });
  try {
    expect(await encoder.encode(['a lease'], 'passage')).toHaveLength(1);
  } finally {
    await encoder.dispose();
  }
});
