/**
 * Embeds the queries of training examples with the bare encoder: as many of the first ones as there is time for.
 */
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import { type EncoderRun, type Report, withEncoder } from '../evaluation/with-encoder.ts';

const examplesPerBlock = 512;

/** At least one block's, in the order of `examples`. */
export async function embedQueries(
  run: EncoderRun,
  examples: readonly TrainingExample[],
  seconds: number,
  report: Report,
): Promise<Float32Array[]> {
  const endsAtMs = performance.now() + 1000 * seconds;
  return await withEncoder(run, null, async (encoder) => {
    const vectors: Float32Array[] = [];
    while (vectors.length < examples.length) {
      const block = examples.slice(vectors.length, vectors.length + examplesPerBlock);
      const queries = block.map(({ query }) => query);
      vectors.push(...(await encoder.encode(queries, 'query', { signal: run.signal })));
      report('preparing', vectors.length, examples.length, 'queries');
      if (performance.now() > endsAtMs) break;
    }
    return vectors;
  });
}
