/**
 * Opens an encoder for one stage of an adaptation, on the device that the request names, and closes it afterwards.
 */
import type { PhaseOf } from '../../contract/tables/job-kinds.ts';
import { createTextEncoder } from '../../llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import type { AdaptationInput } from '../adaptation-input.ts';

export type EncoderRun = Pick<AdaptationInput, 'modelPath' | 'request'> & { signal?: AbortSignal };

export type Report = (phase: PhaseOf<'adapt'>, done: number, total: number | null, unit: string) => void;

/** `adapterPath` is null for the bare encoder. */
export async function withEncoder<Result>(
  run: EncoderRun,
  adapterPath: string | null,
  use: (encoder: TextEncoder) => Promise<Result>,
): Promise<Result> {
  const encoder = await createTextEncoder(
    {
      modelPath: run.modelPath,
      adapterPath: adapterPath ?? undefined,
      device: run.request.device,
      threads: run.request.threads || undefined,
    },
    run.signal,
  );
  try {
    return await use(encoder);
  } finally {
    await encoder.dispose();
  }
}
