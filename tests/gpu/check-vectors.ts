/** The same vectors on a GPU as on the CPU. One architecture a file: see test-device.ts. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import { NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { scratchFolder } from '../native/helpers/scratch.ts';
import { worstCosine } from '../native/helpers/vectors.ts';
import { skipReason, testDevice, testVariant } from './test-device.ts';

export function checkVectors(makeModel: (runtime: NativeRuntime, path: string) => Promise<void>): void {
  describe.skipIf(skipReason())(`vectors on ${testDevice}`, () => {
    const scratch = scratchFolder();
    const texts = ['hello world', 'the ferry crosses the river each hour'];

    it('are those of the CPU', async () => {
      const runtime = await NativeRuntime.create({ variant: testVariant });
      const modelPath = join(scratch, 'tiny.gguf');
      await makeModel(runtime, modelPath);
      const gpu = await createTextEncoder({ modelPath, device: testDevice });
      const cpu = await createTextEncoder({ modelPath, device: 'cpu' });
      expect(gpu.device).not.toContain('cpu');
      const worst = worstCosine(await gpu.encode(texts, 'passage'), await cpu.encode(texts, 'passage'));
      console.info(`${gpu.device}: smallest cosine with the CPU ${worst}`);
      expect(worst).toBeGreaterThan(0.9999);
      await gpu.dispose();
      await cpu.dispose();
    });
  });
}
