/**
 * What a GPU does for the encoder and for training, as one JSON: whoever has one adds a row to docs/lab/gpu.md.
 *
 *   npm run bench -- gpu        or        node tests/bench/gpu-bench.ts [model.gguf] [--device NAME] [--seconds 4] [--output FILE]
 *
 * Takes the first GPU that the product's own trial finds usable, CUDA before Metal before Vulkan, packs of the data folder included. Where
 * there is none, Mesa's software Vulkan device stands in (Debian's mesa-vulkan-drivers): that proves the plumbing and says nothing of GPUs, so
 * the result says `isSoftware`, and a tiny model does less. A shape that would take longer than thirty seconds at the pace so far is left out, with null.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { homeDirectory } from '../../src-main/common/paths/home-directory.ts';
import type { Device } from '../../src-main/contract/models.ts';
import { nvidiaDriver } from '../../src-main/llara/device/nvidia-driver.ts';
import { probeDevices } from '../../src-main/llara/device/probe-devices.ts';
import { createGraphEngine } from '../../src-main/llara/encode/graph-engine.ts';
import { selectedPositions } from '../../src-main/llara/prompt/pooling.ts';
import { readPromptProfile } from '../../src-main/llara/prompt/prompt-profile.ts';
import { TrainingSession } from '../../src-main/llara/training/loop/training-session.ts';
import { defaultTrainingSettings } from '../../src-main/llara/training/loop/training-settings.ts';
import { TrainingStep } from '../../src-main/llara/training/loop/training-step.ts';
import { BankLoss } from '../../src-main/llara/training/losses/bank-loss.ts';
import { expectedRelease } from '../../src-main/native/abi/expected-version.ts';
import { GgufFile } from '../../src-main/native/gguf/gguf-file.ts';
import { installedVariants, type NativeVariant } from '../../src-main/native/library-location.ts';
import { type NativeDevice, NativeRuntime } from '../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../native/models/make-tiny-llama.ts';
import { makeBank, makeQueries } from './training-examples.ts';

const repository = join(import.meta.dirname, '../..');
const packs = join(homeDirectory(), 'packs');
type Shapes = readonly (readonly [tokensPerText: number, textsPerBatch: number])[];
/** A query; short and ordinary passages; what the engine takes at most; and four times that. */
const shapes: Shapes = [
  [16, 1],
  [64, 8],
  [200, 8],
  [200, 40],
  [512, 16],
  [200, 160],
];
/** A passage of 200 tokens through the default encoder takes such a device half a minute. */
const softwareShapes: Shapes = [
  [16, 1],
  [64, 4],
];
const longestShapeSeconds = 30;

type Measured = { tokensPerText: number; textsPerBatch: number; tokensPerSecond: number | null };
type BenchOptions = { modelPath: string; wanted: string | null; secondsPerShape: number };

async function gpuBench({ modelPath, wanted, secondsPerShape }: BenchOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'llara-gpu-bench-'));
  const { runtime, device, backend, probe } = await openGpu(wanted);
  const isSoftware = isSoftwareDevice(device);
  const path = isSoftware ? join(folder, 'tiny.gguf') : modelPath;
  if (isSoftware) await makeTinyLlama(runtime, path, { contextLength: 512, type: 'q8_0' });
  const measure = (on: NativeDevice, wantedShapes: Shapes) =>
    measureEncoder(runtime, on, path, wantedShapes, secondsPerShape);
  const encoder = await measure(device, isSoftware ? softwareShapes : shapes);
  const cpu = await measure(runtime.findDevice('cpu')!, [isSoftware ? softwareShapes[1]! : shapes[3]!]);
  const training = await measureTraining(runtime, device, path, isSoftware ? 4 : 64, secondsPerShape);
  for (const resource of owned.splice(0).reverse()) await resource.dispose();
  rmSync(folder, { recursive: true, force: true });
  return {
    date: new Date().toISOString().slice(0, 10),
    isSoftware,
    llamaCpp: expectedRelease,
    system: {
      platform: process.platform,
      arch: process.arch,
      cpu: cpus()[0]?.model ?? '',
      cores: cpus().length,
      memoryBytes: totalmem(),
    },
    device: {
      name: device.name,
      description: device.description,
      kind: device.kind,
      backend,
      // Of Vulkan and Metal ggml tells no driver; Mesa's stands in the description.
      driver: backend === 'cuda' ? nvidiaDriver() : null,
      memoryTotalBytes: device.memoryTotalBytes,
      memoryFreeBytes: device.memoryFreeBytes,
      probe,
    },
    model: isSoftware ? '2 layers, width 64, random' : basename(modelPath),
    encoder: { ...encoder, onCpu: cpu.shapes[0] },
    training,
  };
}

/** Mesa's software device corrupts its heap where memory is freed between two computations, so that all is freed at the end. */
const owned: { dispose(): void | Promise<void> }[] = [];

type OpenGpu = { runtime: NativeRuntime; device: NativeDevice; backend: NativeVariant; probe: string | null };

const isSoftwareDevice = ({ description }: NativeDevice) =>
  /llvmpipe|lavapipe|swiftshader/i.test(description);

/** A process opens one build only, so the trial of the others comes first. Throws where there is no GPU and no software device either. */
async function openGpu(wanted: string | null): Promise<OpenGpu> {
  const builds = installedVariants(packs).filter((variant) => variant !== 'cpu');
  // The person has named a device of Vulkan's: a software one would not pass the trial in its time.
  const isNamed = process.env.GGML_VK_VISIBLE_DEVICES !== undefined;
  const found = isNamed ? undefined : await triedGpu(builds, wanted);
  if (!found && !builds.includes('vulkan')) throw nothingFound(wanted);
  // ggml passes over a device that is a CPU unless it is told to take it.
  if (!found) process.env.GGML_VK_VISIBLE_DEVICES ??= '0';
  const backend: NativeVariant = found?.backend ?? 'vulkan';
  const runtime = await NativeRuntime.create({ variant: backend, packs });
  const device = runtime.findDevice(found?.name ?? backend);
  if (!device) throw nothingFound(wanted);
  const probe = found ?? (isSoftwareDevice(device) ? null : await triedGpu([backend], device.name));
  return { runtime, device, backend, probe: probe?.probe ?? null };
}

/** The first that is usable, by name or backend where one is wanted. */
async function triedGpu(
  variants: readonly NativeVariant[],
  wanted: string | null,
): Promise<Device | undefined> {
  const devices = await probeDevices('auto', { variants, packs });
  const isWanted = ({ name, backend }: Device) =>
    wanted === null || [name.toLowerCase(), backend].includes(wanted.toLowerCase());
  return devices.find((device) => device.backend !== 'cpu' && device.usable && isWanted(device));
}

const nothingFound = (wanted: string | null) =>
  new Error(
    `No ${wanted ?? 'GPU'} was found usable, and no software Vulkan device either. "llara devices" says why; Debian's mesa-vulkan-drivers has the latter.`,
  );

/** The product's own engine; batches are given to its lane as they are, whatever the encoder would have planned. */
async function measureEncoder(
  runtime: NativeRuntime,
  device: NativeDevice,
  modelPath: string,
  wanted: Shapes,
  secondsPerShape: number,
): Promise<{ plannedBatchTokens: number; shapes: Measured[] }> {
  const gguf = await GgufFile.create(runtime, modelPath);
  const { pooling } = readPromptProfile(gguf);
  const engine = await createGraphEngine({ runtime, device, gguf });
  const lane = engine.lanes[0]!;
  const measured: Measured[] = [];
  let pace: number | null = null;
  for (const [tokensPerText, textsPerBatch] of wanted) {
    const batchTokens = tokensPerText * textsPerBatch;
    const sequences = Array.from({ length: textsPerBatch }, (_, row) => ({
      tokens: Int32Array.from(
        { length: tokensPerText },
        (_, at) => 300 + ((row * 7919 + at * 104_729) % (engine.vocabularySize - 400)),
      ),
      selected: selectedPositions(tokensPerText, pooling),
    }));
    // One round warms up, one is measured.
    const isTooLong: boolean = pace !== null && (2 * batchTokens) / pace > longestShapeSeconds;
    const tokensPerSecond: number | null = isTooLong
      ? null
      : await perSecond(secondsPerShape, async () => (await lane.embed(sequences)).length * tokensPerText);
    pace = tokensPerSecond ?? pace;
    measured.push({ tokensPerText, textsPerBatch, tokensPerSecond });
  }
  owned.push(engine, gguf);
  return { plannedBatchTokens: engine.maxBatchTokens, shapes: measured };
}

/** Steps of queries against a bank, the product's own default, less of them on a software device. */
async function measureTraining(
  runtime: NativeRuntime,
  device: NativeDevice,
  modelPath: string,
  queriesPerStep: number,
  seconds: number,
) {
  const { rank, alpha, objective } = defaultTrainingSettings;
  const session = await TrainingSession.create({
    modelPath,
    rank,
    alpha,
    seed: 1,
    withHead: false,
    precision: 'half',
    device: device.name,
    runtime,
  });
  const bankLoss = new BankLoss(session.model.lanes, makeBank(session.model.network.shape.width));
  const step = new TrainingStep(session.model, {
    prompt: session.text.prompt,
    objective,
    microBatchTokens: 2048,
    bankLoss,
    support: session.support,
  });
  const examples = makeQueries(queriesPerStep);
  let tokensPerStep = 0;
  const tokensPerSecond = await perSecond(seconds, async () => {
    tokensPerStep = (await step.run(examples)).tokenCount;
    return tokensPerStep;
  });
  const result = {
    device: session.deviceName,
    remarks: session.remarks,
    queriesPerStep,
    tokensPerStep,
    tokensPerSecond,
    secondsPerStep: Number((tokensPerStep / tokensPerSecond).toPrecision(3)),
    activationMegabytes: Math.round(step.peakActivationBytes / (1 << 20)),
  };
  owned.push(session, bankLoss, step);
  return result;
}

/** After one round that is not counted. `run` returns how many tokens it computed. */
async function perSecond(seconds: number, run: () => Promise<number>): Promise<number> {
  await run();
  const startedAtMs = performance.now();
  let tokens = 0;
  do tokens += await run();
  while (performance.now() - startedAtMs < seconds * 1000);
  return Math.round((tokens * 1000) / (performance.now() - startedAtMs));
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      device: { type: 'string' },
      seconds: { type: 'string', default: '4' },
      output: { type: 'string', default: join(repository, 'out/bench/gpu.json') },
    },
  });
  const result = await gpuBench({
    modelPath: resolve(
      positionals[0] ?? join(repository, 'resources/models/llara-mini/llara-mini-q8_0.gguf'),
    ),
    wanted: values.device ?? null,
    secondsPerShape: Number(values.seconds),
  });
  mkdirSync(dirname(values.output), { recursive: true });
  writeFileSync(values.output, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  console.log(
    result.isSoftware
      ? `A software device: the plumbing works, and the figures say nothing of GPUs. Written to ${values.output}.`
      : `Written to ${values.output}: a row for docs/lab/gpu.md.`,
  );
  process.exit(0);
}
