/** What a run would read, take and need on this device, worked out without loading the model; or why it must not start. */
import { availableParallelism } from 'node:os';
import { AppError } from '../common/app-error.ts';
import type { AdaptationPlan } from '../contract/adaptation.ts';
import { readLlamaConfig } from '../llara/llama-config.ts';
import { readPromptProfile } from '../llara/prompt-profile.ts';
import { trainingMemory } from '../llara/training/training-memory.ts';
import { defaultTrainingSettings, wantedSteps } from '../llara/training/training-settings.ts';
import { GgufFile } from '../native/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';
import type { AdaptationInput } from './adaptation-input.ts';
import { drawPairs, splitForTraining } from './prepare-training.ts';
import { minQuestions } from './verdict.ts';

const minTrainingPairs = 64;
const charactersPerToken = 4;
/** Products per second: what a CPU thread was seen to reach in training, and a modest GPU. */
const operationsPerThread = 2.5e10;
const operationsOfGpu = 4e12;
/** Share of the budget for training; the rest is for the proof, before and after. */
export const trainingShare = 0.75;

export async function planAdaptation(input: AdaptationInput): Promise<AdaptationPlan> {
  const { request, documents } = input;
  const settings = { ...defaultTrainingSettings, rank: request.rank ?? defaultTrainingSettings.rank };
  const { training, heldOut } = splitForTraining(documents, request.seed);
  const pairs = drawPairs(training, input);
  const passages = documents.reduce((sum, { chunks }) => sum + chunks.length, 0);

  const runtime = await NativeRuntime.create();
  const device =
    runtime.findDevice(request.device ?? 'auto') ?? runtime.findDevice('gpu') ?? runtime.findDevice('cpu');
  if (!device) throw new AppError('native-library-missing', 'No device to train on was found.');
  const threads = request.threads || availableParallelism();
  const gguf = await GgufFile.create(runtime, input.modelPath);
  try {
    const result = readLlamaConfig(gguf);
    const sample = pairs.slice(0, 400);
    const { queryTokens, passageTokens } = settings.limits;
    const lengthOf = (text: string, limit: number) => Math.min(limit, text.length / charactersPerToken) + 20;
    const tokensPerPair =
      sample.reduce(
        (sum, pair) => sum + lengthOf(pair.query, queryTokens) + 2 * lengthOf(pair.positive, passageTokens),
        0,
      ) / Math.max(1, sample.length);
    const tokensPerStep = tokensPerPair * settings.batchSize * settings.accumulation;
    const wanted = wantedSteps(settings, pairs.length);
    const { ebae, ebar } = settings.objective;
    const memory = result.ok
      ? trainingMemory(gguf.tensors(), result.config, {
          rank: settings.rank,
          lanes: device.kind === 'cpu' ? threads : 1,
          withHead: ebae + ebar > 0,
          tokensPerStep: tokensPerPair * settings.batchSize,
          columns: passageTokens + 20,
        }).total
      : 0;
    const parameters = gguf
      .tensors()
      .filter(({ name }) => name.startsWith('blk.'))
      .reduce((sum, { shape }) => sum + shape[0] * shape[1], 0);
    const speed = device.kind === 'cpu' ? threads * operationsPerThread : operationsOfGpu;
    const secondsPerStep = (6 * parameters * tokensPerStep) / speed;
    const affordable = Math.floor((request.budgetSeconds * trainingShare) / Math.max(secondsPerStep, 1e-6));
    const steps = Math.min(wanted, affordable);
    const available = device.kind === 'cpu' ? process.availableMemory() : device.memoryFreeBytes;
    const profile = readPromptProfile(gguf);
    return {
      documents: documents.length,
      heldOutDocuments: heldOut.length,
      passages,
      pairs: pairs.length,
      tokens: Math.round(steps * tokensPerStep),
      steps,
      device:
        device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name,
      estimatedSeconds: Math.min(
        request.budgetSeconds,
        steps * secondsPerStep + (1 - trainingShare) * request.budgetSeconds,
      ),
      memoryBytes: Math.round(memory),
      availableMemoryBytes: available,
      refusal: refusalOf(),
    };

    function refusalOf(): string | null {
      if (!result.ok)
        return `This encoder cannot be adapted: ${result.reason}. Choose a LLaRA model of the llama architecture.`;
      if (!profile.tokeniseApart || profile.pooling.kind !== 'last') {
        return 'This encoder cannot be adapted: it has no LLaRA prompts. Choose a LLaRA model.';
      }
      if (pairs.length < minTrainingPairs || heldOut.length * 3 < minQuestions) {
        return `Your ${documents.length} documents give ${pairs.length} training pairs and ${heldOut.length} documents to test on; at least ${minTrainingPairs} pairs and ${Math.ceil(minQuestions / 3)} test documents are needed. Add more documents.`;
      }
      if (memory > available) {
        return `Training needs about ${megabytes(memory)} MB of memory and ${megabytes(available)} MB are free on ${device?.name}. Close other programs or choose a smaller encoder.`;
      }
      if (steps < 1) {
        return `One step takes about ${Math.ceil(secondsPerStep)} s here, more than the budget of ${request.budgetSeconds} s. Allow more time.`;
      }
      return null;
    }
  } finally {
    gguf.dispose();
  }
}

function megabytes(bytes: number): number {
  return Math.round(bytes / (1 << 20));
}
