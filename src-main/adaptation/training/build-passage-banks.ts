/**
 * Builds the two banks of passages that queries are compared with, for training and for validation, and embeds
 * passages that have no vector yet.
 */
import type { PassageBanks } from '../../llara/training/losses/bank-loss.ts';
import type { DocumentPassage } from '../adaptation-document.ts';
import { type EncoderRun, type Report, withEncoder } from '../evaluation/with-encoder.ts';
import type { PreparedTraining } from './prepare-training.ts';
import { SoftTargetBank } from './soft-targets.ts';

/** Vectors that the library has not are made with the bare encoder. */
export async function buildPassageBanks(
  run: EncoderRun,
  { passages, trainingPassages }: Pick<PreparedTraining, 'passages' | 'trainingPassages'>,
  report: Report,
): Promise<PassageBanks> {
  const missing = passages.filter(({ vector }) => !vector);
  const made = missing.length > 0 ? await embedPassages(run, missing, report) : [];
  const vectors = new Map(missing.map((passage, index) => [passage, made[index] as Float32Array]));
  const embedded = passages.map((passage) => ({
    ...passage,
    vector: passage.vector ?? (vectors.get(passage) as Float32Array),
  }));
  return {
    training: new SoftTargetBank(embedded.slice(0, trainingPassages)),
    validation: new SoftTargetBank(embedded),
  };
}

async function embedPassages(
  run: EncoderRun,
  passages: readonly DocumentPassage[],
  report: Report,
): Promise<Float32Array[]> {
  const texts = passages.map(({ text }) => text);
  const onProgress = (done: number) => report('preparing', done, texts.length, 'passages');
  return await withEncoder(run, null, (encoder) =>
    encoder.encode(texts, 'passage', { signal: run.signal, onProgress }),
  );
}
