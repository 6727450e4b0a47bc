/**
 * What a question costs with a reranker: `npm run node -- tests/bench/encoder/reranker-cost.ts [SHAPE...]`. The weights are random, since only their
 * number counts; 30 passages of 200 tokens and a question of 10. Prints JSON, one line a shape.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { passagesOfQuestion } from '../../../src-main/contract/tables/second-look.ts';
import { createReranker } from '../../../src-main/llara/rerank/create-reranker.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyBert, type TinyBertOptions } from '../../native/models/make-tiny-bert.ts';

/** As published; the table of embeddings is left out, of which a token reads one row. */
const shapes: Record<string, TinyBertOptions> = {
  'MiniLM-L6': { layerCount: 6, width: 384, headCount: 12, feedForward: 1536 },
  'bge-reranker-base': { layerCount: 12, width: 768, headCount: 12, feedForward: 3072 },
  'bge-reranker-v2-m3': { layerCount: 24, width: 1024, headCount: 16, feedForward: 4096 },
};
const rounds = 3;
const passageTokens = 200;
const questionTokens = 10;

const letters = 'abcdefghijklmnopqrstuvwxyz';
const textOf = (tokens: number, seed: number) =>
  Array.from({ length: tokens }, (_, at) => letters[(seed * 7 + at * at + at) % letters.length]).join(' ');

const wanted = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'llara-reranker-cost-'));
try {
  const runtime = await NativeRuntime.create();
  for (const name of wanted.length > 0 ? wanted : ['MiniLM-L6', 'bge-reranker-base']) {
    const shape = shapes[name];
    if (!shape) throw new Error(`There is no shape ${name}, only ${Object.keys(shapes).join(', ')}.`);
    const path = join(directory, `${name}.gguf`);
    await makeTinyBert(runtime, path, {
      ...shape,
      contextLength: 512,
      type: 'q8_0',
      poolingType: 4,
      hasHead: true,
    });
    for (const engine of ['graph', 'decode'] as const) {
      const result = await measure(path, engine);
      console.log(
        JSON.stringify({ shape: name, type: 'q8_0', threads: availableParallelism(), engine, ...result }),
      );
    }
    rmSync(path);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** By our own graph or through llama_decode. */
async function measure(modelPath: string, engine: 'graph' | 'decode') {
  const startedAtMs = performance.now();
  const reranker = await createReranker({ modelPath, device: 'cpu', engine });
  const loadMs = Math.round(performance.now() - startedAtMs);
  const texts = Array.from({ length: passagesOfQuestion }, (_, index) => textOf(passageTokens, index));
  const times: number[] = [];
  const computedBefore = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) {
    const askedAtMs = performance.now();
    await reranker.rank(textOf(questionTokens, round), texts);
    times.push(Math.round(performance.now() - askedAtMs));
  }
  const { user, system } = process.cpuUsage(computedBefore);
  await reranker.dispose();
  times.sort((a, b) => a - b);
  const cpuMs = Math.round((user + system) / 1000 / rounds);
  return { loadMs, questionMs: times, medianMs: times[Math.floor(rounds / 2)], cpuMs };
}
