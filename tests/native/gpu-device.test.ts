/**
 * The same vectors on a GPU as on the CPU. Runs where LLARA_TEST_DEVICE names a backend (`vulkan`, `cuda`, `metal`); Mesa's software
 * device will do: `GGML_VK_VISIBLE_DEVICES=0 LLARA_TEST_DEVICE=vulkan npx vitest run tests/native/gpu-device.test.ts` (minutes).
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { variantOf } from '../../src-main/llara/choose-variant.ts';
import { createTextEncoder } from '../../src-main/llara/create-text-encoder.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { scratchFolder } from './helpers/scratch.ts';
import { worstCosine } from './helpers/vectors.ts';
import { makeTinyLlama } from './make-tiny-llama.ts';

const device = process.env.LLARA_TEST_DEVICE ?? '';
const variant = variantOf(device);
if (variant === null) console.warn('Skipping the GPU test: LLARA_TEST_DEVICE names no backend.');

describe.skipIf(variant === null)(`vectors on ${device}`, () => {
  const scratch = scratchFolder();
  const texts = ['hello world', 'the ferry crosses the river each hour'];

  it('are those of the CPU', { timeout: 1_800_000 }, async () => {
    const runtime = await NativeRuntime.create({ variant: variant ?? undefined });
    const modelPath = join(scratch, 'tiny.gguf');
    await makeTinyLlama(runtime, modelPath);
    const gpu = await createTextEncoder({ modelPath, device });
    const cpu = await createTextEncoder({ modelPath, device: 'cpu' });
    expect(gpu.device).not.toContain('cpu');
    const worst = worstCosine(await gpu.encode(texts, 'passage'), await cpu.encode(texts, 'passage'));
    console.info(`${gpu.device}: smallest cosine with the CPU ${worst}`);
    expect(worst).toBeGreaterThan(0.9999);
    await gpu.dispose();
    await cpu.dispose();
  });
});
