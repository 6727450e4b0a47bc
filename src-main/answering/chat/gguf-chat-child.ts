/**
 * Entry of the throwaway process in which a chat model file writes one answer: a model that crashes takes only that process along, and its
 * memory is free again afterwards. The request comes in a file that is its owner's alone, for every user of a machine
 * can read arguments; it is removed as soon as it is read. Each line that it prints is one JSON value.
 */
import { readFileSync, rmSync } from 'node:fs';
import type { ChatLine, ChatRequest } from './chat-lines.ts';
import { fitRuntime } from './chat-runtime.ts';

const say = (line: ChatLine) =>
  new Promise<void>((done) => process.stdout.write(`${JSON.stringify(line)}\n`, () => done()));

try {
  const path = process.argv[2] ?? '';
  const request = JSON.parse(readFileSync(path, 'utf8')) as ChatRequest;
  rmSync(path, { force: true });
  fitRuntime(request.packDirectory);
  const { getLlama, LlamaChatSession, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({
    gpu: request.useGpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => process.stderr.write(`${message}\n`),
  });
  // One core stays free: threads that wait for each other in turns stand still where others compute, too.
  const threads = request.threads > 0 ? request.threads : Math.max(1, llama.cpuMathCores - 1);
  const model = await llama.loadModel({ modelPath: request.modelPath });
  const context = await model.createContext({ contextSize: request.contextTokens, threads });
  const session = new LlamaChatSession({
    contextSequence: context.getSequence(),
    ...(request.system === '' ? {} : { systemPrompt: request.system }),
  });
  const { stopReason } = await session.promptWithMeta(request.question, {
    maxTokens: request.maxTokens,
    temperature: 0,
    budgets: { thoughtTokens: 0 },
    onTextChunk: (text) => void say({ type: 'text', text }),
  });
  await say({ type: 'end', stopReason });
  process.exit(0);
} catch (error) {
  await say({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
