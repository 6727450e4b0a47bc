/**
 * Learns a vector for each word of the library from the training queries, before LoRA is trained. The result is kept in the run's work
 * directory, so that a resumed run does not learn it again; a run killed earlier begins this stage anew.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { replaceFile } from '../../common/replace-file.ts';
import { QueryWords } from '../../llara/encode/words/query-words.ts';
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import { trainQueryWords, type WordsExample } from '../../llara/training/loop/train-query-words.ts';
import { BankLoss, type PassageBank } from '../../llara/training/losses/bank-loss.ts';
import { Backend } from '../../native/ggml/backend.ts';
import { NativeRuntime } from '../../native/native-runtime.ts';
import type { EncoderRun, Report } from '../evaluation/with-encoder.ts';

export type WordsRun = Pick<EncoderRun, 'request' | 'signal'> & {
  examples: readonly TrainingExample[];
  /** Of the first examples' queries by the bare encoder; only these are learnt from. */
  vectors: () => Promise<readonly Float32Array[]>;
  bank: PassageBank;
  path: string;
  /** Identity of the examples and the model: a file of anything else is not read. */
  fingerprint: string;
};

/** The loss is computed on the CPU, one thread a lane, also where the encoder runs on a GPU. */
export async function learnLibraryWords(run: WordsRun, report: Report): Promise<QueryWords> {
  const known = await readWords(run.path, run.fingerprint);
  if (known) return known;
  const { bank, signal } = run;
  const vectors = await run.vectors();
  const examples = run.examples.slice(0, vectors.length);
  const lanes = await openLanes(run.request.threads || availableParallelism());
  const loss = new BankLoss(lanes, bank);
  const beforeBatch = async () => {
    await setImmediate();
    signal?.throwIfAborted();
  };
  try {
    const wordsExamples: WordsExample[] = [];
    for (const [index, example] of examples.entries()) {
      if (index % 32 === 0) await beforeBatch();
      wordsExamples.push({
        text: example.query,
        vector: vectors[index] as Float32Array,
        softTargets: bank.softTargetsOf(example),
      });
    }
    const words = await trainQueryWords(wordsExamples, loss, {
      beforeBatch,
      onBatch: (done, total) => report('preparing', done, total, 'steps'),
    });
    await writeWords(run.path, run.fingerprint, words);
    return words;
  } finally {
    loss.dispose();
    for (const lane of lanes) await lane.dispose();
  }
}

async function openLanes(threads: number): Promise<Backend[]> {
  const runtime = await NativeRuntime.create();
  const device = runtime.findDevice('cpu')!;
  return await Promise.all(
    Array.from({ length: threads }, () => Backend.create(runtime, { device, threadCount: 1 })),
  );
}

async function writeWords(path: string, fingerprint: string, { names, vectors }: QueryWords): Promise<void> {
  const header = Buffer.from(`${JSON.stringify({ fingerprint, names, count: vectors.length })}\n`);
  const bytes = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
  await replaceFile(path, Buffer.concat([header, bytes]));
}

/** Null where there is no file, or one of another run. */
async function readWords(path: string, fingerprint: string): Promise<QueryWords | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const end = bytes?.indexOf('\n') ?? -1;
  if (!bytes || end < 0) return null;
  const header = JSON.parse(bytes.toString('utf8', 0, end));
  if (header.fingerprint !== fingerprint || bytes.length !== end + 1 + 4 * header.count) return null;
  const vectors = new Float32Array(header.count);
  Buffer.from(vectors.buffer).set(bytes.subarray(end + 1));
  return new QueryWords(header.names, vectors, header.count / Math.max(1, header.names.length));
}
