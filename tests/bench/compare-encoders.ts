/**
 * How fast encoders read, side by side and in turn, each by the path that the product takes for it. Usage:
 *
 *   node tests/bench/compare-encoders.ts MODEL.gguf… [--threads 1] [--rounds 3]
 *
 * Passages per second of processor time hardly depend on what else the machine does; those per second of the clock do.
 */
import { parseArgs } from 'node:util';
import { createTextEncoder } from '../../src-main/llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../../src-main/llara/encode/text-encoder.ts';

const sentence =
  'The lease of this flat ends on the last day of March, and the keys must be handed back by noon. ';
/** About 130 words, as the product's own passages have. */
const passages = Array.from({ length: 16 }, (_, index) => `${index}. ${sentence.repeat(6)}`);
const questionsPerRound = 15;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { threads: { type: 'string', default: '1' }, rounds: { type: 'string', default: '3' } },
});
const encoders: TextEncoder[] = [];
for (const modelPath of positionals) {
  encoders.push(await createTextEncoder({ modelPath, device: 'cpu', threads: Number(values.threads) }));
}
const rows = encoders.map(() => ({ wall: [] as number[], cpu: [] as number[], queryMs: [] as number[] }));
for (let round = -1; round < Number(values.rounds); round += 1) {
  for (const [index, encoder] of encoders.entries()) {
    const startedAtMs = performance.now();
    const startedCpu = process.cpuUsage();
    await encoder.encode(passages, 'passage');
    const seconds = (performance.now() - startedAtMs) / 1000;
    const { user, system } = process.cpuUsage(startedCpu);
    const queryMs = await askQuestions(encoder);
    // The first round warms caches.
    if (round < 0) continue;
    rows[index]!.wall.push(passages.length / seconds);
    rows[index]!.cpu.push((passages.length * 1e6) / (user + system));
    rows[index]!.queryMs.push(...queryMs);
  }
}
console.table(
  rows.map(({ wall, cpu, queryMs }, index) => ({
    encoder: encoders[index]!.info.name,
    'tokens a passage': encoders[index]!.countTokens(passages)[0],
    'passages/s': Number(median(wall).toFixed(1)),
    'passages/CPU s': Number(median(cpu).toFixed(1)),
    'question, p50 ms': Number(median(queryMs).toFixed(1)),
  })),
);
for (const encoder of encoders) await encoder.dispose();

async function askQuestions(encoder: TextEncoder): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < questionsPerRound; index += 1) {
    const startedAtMs = performance.now();
    await encoder.encode([`when does the lease of flat ${index} end`], 'query', { priority: 'interactive' });
    times.push(performance.now() - startedAtMs);
  }
  return times;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
