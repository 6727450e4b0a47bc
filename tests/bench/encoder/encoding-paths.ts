/** The ways to embed texts that are compared, each open on the same model file and ready to embed some texts at a time. */
import { getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import type { TokenSequence } from '../../../src-main/llara/encode/batches/batch-packing.ts';
import { createDecodeEngine } from '../../../src-main/llara/encode/decode-engine.ts';
import { createGraphEngine } from '../../../src-main/llara/encode/graph-engine.ts';
import { layerBytes } from '../../../src-main/llara/encode/lane-plan.ts';
import type { EngineLane, VectorEngine } from '../../../src-main/llara/encode/vector-engine.ts';
import { type Pooling, selectedPositions } from '../../../src-main/llara/prompt/pooling.ts';
import { readPromptProfile } from '../../../src-main/llara/prompt/prompt-profile.ts';
import { GgufFile } from '../../../src-main/native/gguf/gguf-file.ts';
import type { NativeRuntime } from '../../../src-main/native/native-runtime.ts';

export type PathName =
  | 'graph'
  | 'graph, a lane per thread'
  | 'decode, one context'
  | 'decode, a context per thread'
  | 'decode, a context per thread, small batches'
  | 'node-llama-cpp'
  | 'products alone';

export type Paths = Partial<Record<PathName, Path>>;

/** Embeds some texts and returns how many. */
export type Path = { run: () => Promise<number>; dispose: () => Promise<void> };

export const pathNames = (by: Partial<Record<PathName, unknown>>) => Object.keys(by) as PathName[];

/** Layers of that size take seconds for more tokens than a product's columns need. */
const largeBytes = 64 << 20;

/** Some 256 tokens, as our lanes are given them. */
export const textsOfSmallBatch = (tokensPerText: number): number =>
  Math.max(1, Math.round(256 / tokensPerText));

export async function openPaths(
  runtime: NativeRuntime,
  modelPath: string,
  { threads, tokensPerText, enginesOnly }: { threads: number; tokensPerText: number; enginesOnly?: boolean },
): Promise<Paths> {
  const device = runtime.findDevice('cpu')!;
  const gguf = await GgufFile.create(runtime, modelPath);
  const profile = readPromptProfile(gguf);
  // Where every token of a batch attends to every other behind a mask, llama_decode's time grows with the batch.
  const isLarge = layerBytes(gguf.tensors()) > largeBytes;
  const manyTexts = Math.ceil(
    (isLarge ? 256 : profile.pooling.kind === 'last' ? 4096 : 1024) / tokensPerText,
  );
  const decodeOptions = {
    runtime,
    device,
    threads,
    modelPath,
    profile,
    contextLength: Math.min(64, manyTexts) * tokensPerText,
  };
  const oneLane = { lanes: [threads], interactive: null };
  const lanePlan = { lanes: Array.from({ length: threads }, () => 1), interactive: null };
  const graph = await createGraphEngine({ runtime, device, threads, gguf });
  const graphLanes = await createGraphEngine({ runtime, device, threads, gguf, lanePlan });
  const shared = await createDecodeEngine({ ...decodeOptions, lanePlan: oneLane });
  const split = await createDecodeEngine({ ...decodeOptions, lanePlan });
  const texts = sequences(64, tokensPerText, graph.vocabularySize, profile.pooling);
  gguf.dispose();
  // What stays in the processor's cache, and keeps attention short where llama.cpp masks the other texts of a batch.
  const fewTexts = textsOfSmallBatch(tokensPerText);
  const small = await createDecodeEngine({
    ...decodeOptions,
    lanePlan,
    contextLength: fewTexts * tokensPerText,
  });
  const ours = {
    graph: enginePath(graph, texts, fewTexts),
    'graph, a lane per thread': enginePath(graphLanes, texts, fewTexts),
    'decode, one context': enginePath(shared, texts, Math.min(64, manyTexts)),
    'decode, a context per thread': enginePath(split, texts, Math.min(32, manyTexts)),
    'decode, a context per thread, small batches': enginePath(small, texts, Math.ceil(fewTexts / 2)),
  };
  if (enginesOnly) return ours;
  return { ...ours, 'node-llama-cpp': await nodeLlamaCppPath(modelPath, threads, texts) };
}

/** All lanes work at once, each on batches of `batchSize` texts. */
function enginePath(engine: VectorEngine, texts: readonly TokenSequence[], batchSize: number): Path {
  const work = async (lane: EngineLane) => (await lane.embed(texts.slice(0, batchSize))).length;
  return {
    run: async () => {
      const counts = await Promise.all(engine.lanes.map(work));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    dispose: engine.dispose,
  };
}

async function nodeLlamaCppPath(
  modelPath: string,
  threads: number,
  texts: readonly TokenSequence[],
): Promise<Path> {
  const llama = await getLlama({ gpu: false, build: 'never', logLevel: LlamaLogLevel.disabled });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createEmbeddingContext({ threads });
  let next = 0;
  return {
    run: async () => {
      const { tokens } = texts[next++ % texts.length]!;
      await context.getEmbeddingFor(Array.from(tokens) as Token[]);
      return 1;
    },
    dispose: async () => {
      await context.dispose();
      await model.dispose();
    },
  };
}

function sequences(count: number, length: number, vocabulary: number, pooling: Pooling): TokenSequence[] {
  return Array.from({ length: count }, (_, row) => ({
    tokens: Int32Array.from({ length }, (_, at) => 300 + ((row * 7919 + at * 104_729) % (vocabulary - 400))),
    selected: selectedPositions(length, pooling),
  }));
}
