/** How long a short question waits for its vector: alone, through llama_decode, and while passages are embedded in the background. */
import { setTimeout } from 'node:timers/promises';
import { createTextEncoder } from '../../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../../src-main/llara/encode/text-encoder.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

type Percentiles = { p50: number; p95: number };

/**
 * A short query through the whole encoder, alone and while it embeds passages in the background, and alone through llama_decode, whose
 * questions alternate with the first ones.
 */
export type QuestionTimes = { idle: Percentiles; idleByDecode: Percentiles; whileIndexing: Percentiles };

export async function measureQueries(
  runtime: NativeRuntime,
  modelPath: string,
  threads: number,
): Promise<QuestionTimes> {
  const options = { modelPath, threads, device: 'cpu', runtime };
  const encoder = await createTextEncoder(options);
  const reference = await createTextEncoder({ ...options, engine: 'decode' });
  /** Each encoder in turn, so that whatever else the machine does hits all of them alike. */
  const ask = async (encoders: TextEncoder[], count: number): Promise<Percentiles[]> => {
    const times = encoders.map((): number[] => []);
    for (let index = 0; index < count; index += 1) {
      for (const [at, asked] of encoders.entries()) {
        const start = performance.now();
        await asked.encode([`when does the lease of flat ${index} end`], 'query', {
          priority: 'interactive',
        });
        times[at]!.push(performance.now() - start);
        await setTimeout(37);
      }
    }
    return times.map((values) => {
      values.sort((a, b) => a - b);
      const at = (share: number) => Number(values[Math.floor(share * (count - 1))]!.toFixed(1));
      return { p50: at(0.5), p95: at(0.95) };
    });
  };
  await ask([encoder, reference], 5);
  const [idle, idleByDecode] = (await ask([encoder, reference], 40)) as [Percentiles, Percentiles];
  await reference.dispose();
  const controller = new AbortController();
  const passages = Array.from({ length: 50_000 }, (_, index) => `passage ${index} on leases `.repeat(12));
  const background = encoder
    .encode(passages, 'passage', { signal: controller.signal })
    .catch(() => undefined);
  await setTimeout(1000);
  const [whileIndexing] = (await ask([encoder], 40)) as [Percentiles];
  controller.abort();
  await background;
  await encoder.dispose();
  return { idle, idleByDecode, whileIndexing };
}
