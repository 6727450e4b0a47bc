/**
 * Everything native that a training run needs, opened together and closed in reverse: backends, model, tokeniser. It trains
 * nothing itself.
 */
import { availableParallelism } from 'node:os';
import { Backend } from '../../../native/ggml/backend.ts';
import { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { type NativeDevice, NativeRuntime } from '../../../native/native-runtime.ts';
import { chooseDevice } from '../../device/choose-device.ts';
import { fileId } from '../../file-id.ts';
import { Tokenizer } from '../../prompt/tokenizer.ts';
import type { TrainingText } from '../data/example-tokeniser.ts';
import { readTrainingText } from '../data/training-text.ts';
import { deviceSupport } from '../device-support.ts';
import { type BackwardSupport, fullSupport } from '../graph/backward-ops.ts';
import { type AdapterFile, writeAdapterFile } from '../state/adapter-file.ts';
import type { AdapterShape } from '../state/adapter-parameters.ts';
import { TrainingModel, type WeightPrecision } from '../state/training-model.ts';

export type TrainingSessionOptions = AdapterShape & {
  modelPath: string;
  seed: number;
  /** What `fileId` gives for the model, where it is known: a large file takes seconds to read. */
  modelId?: string;
  /** Set losses need the output head. */
  withHead: boolean;
  /** `half` where absent. */
  precision?: WeightPrecision;
  /** `auto`, a kind (`cpu`, `gpu`) or a device's name. */
  device?: string;
  threads?: number;
  runtime?: NativeRuntime;
};

/** Below this size, threads are better spent on micro-batches side by side than inside one graph, where they meet at barriers. */
const smallModelBytes = 256 << 20;

export class TrainingSession {
  readonly model: TrainingModel;
  readonly text: TrainingText;
  readonly modelId: string;
  readonly deviceName: string;
  /** What the device has for the backward pass. */
  readonly support: BackwardSupport;
  /** What of the work is not done as or where it was asked for, in sentences for the job's log. */
  readonly remarks: readonly string[];
  readonly #runtime: NativeRuntime;
  readonly #dispose: () => Promise<void>;

  private constructor(
    parts: Pick<TrainingSession, 'model' | 'text' | 'modelId' | 'deviceName' | 'support' | 'remarks'>,
    runtime: NativeRuntime,
    dispose: () => Promise<void>,
  ) {
    this.model = parts.model;
    this.text = parts.text;
    this.modelId = parts.modelId;
    this.deviceName = parts.deviceName;
    this.support = parts.support;
    this.remarks = parts.remarks;
    this.#runtime = runtime;
    this.#dispose = dispose;
  }

  static async create(options: TrainingSessionOptions, signal?: AbortSignal): Promise<TrainingSession> {
    const owned: { dispose(): void | Promise<void> }[] = [];
    const own = <T extends { dispose(): void | Promise<void> }>(resource: T): T => {
      owned.push(resource);
      return resource;
    };
    const dispose = async () => {
      for (const resource of owned.splice(0).reverse()) await resource.dispose();
    };
    try {
      const runtime = options.runtime ?? (await NativeRuntime.create());
      const threads = options.threads || availableParallelism();
      const { device, support, remarks } = await capableDevice(
        runtime,
        chooseDevice(runtime, options.device ?? 'auto'),
      );
      const gguf = own(await GgufFile.create(runtime, options.modelPath));
      const bytes = gguf.tensors().reduce((sum, tensor) => sum + tensor.byteLength, 0);
      const laneCount = device.kind === 'cpu' && bytes <= smallModelBytes ? threads : 1;
      const lanes: Backend[] = [];
      for (let lane = 0; lane < laneCount; lane++) {
        const threadCount = laneCount > 1 ? 1 : threads;
        lanes.push(own(await Backend.create(runtime, { device, threadCount })));
      }
      const model = own(await TrainingModel.create(lanes, gguf, options));
      const text = readTrainingText(gguf, own(await Tokenizer.create(runtime, options.modelPath)));
      const modelId = options.modelId ?? (await fileId(options.modelPath, signal));
      const deviceName =
        device.kind === 'cpu' ? `cpu (${threads} ${threads === 1 ? 'thread' : 'threads'})` : device.name;
      return new TrainingSession({ model, text, modelId, deviceName, support, remarks }, runtime, dispose);
    } catch (error) {
      await dispose();
      throw error;
    }
  }

  /** Writes the pairs as they are now, at `share` of their strength. */
  async saveAdapter(
    path: string,
    {
      name,
      queriesOnly,
      share,
      words,
      neighbourWeight,
    }: Pick<AdapterFile, 'name' | 'queriesOnly' | 'words' | 'neighbourWeight'> & { share: number },
  ): Promise<void> {
    const { parameters, architecture } = this.model;
    const { rank, alpha } = parameters.shape;
    await writeAdapterFile(this.#runtime, path, {
      shape: { rank, alpha: alpha * share },
      architecture,
      baseId: this.modelId,
      name,
      queriesOnly,
      words,
      neighbourWeight,
      tensors: parameters.names.map((tensor, index) => ({
        name: tensor,
        extents: parameters.extents[index] as readonly [number, number],
        values: parameters.values[index] as Float32Array,
      })),
    });
  }

  /** Call only when no step runs. */
  async dispose(): Promise<void> {
    await this.#dispose();
  }
}

/** The device itself, or the CPU where it lacks what training needs. */
async function capableDevice(
  runtime: NativeRuntime,
  device: NativeDevice,
): Promise<{ device: NativeDevice; support: BackwardSupport; remarks: string[] }> {
  if (device.kind === 'cpu') return { device, support: fullSupport, remarks: [] };
  const backend = await Backend.create(runtime, { device });
  const { support, missing } = deviceSupport(backend);
  await backend.dispose();
  const cpu = runtime.findDevice('cpu');
  if (missing.length > 0 && cpu) {
    const remarks = [`${device.name} lacks ${missing.join(', ')}, so everything runs on the CPU.`];
    return { device: cpu, support: fullSupport, remarks };
  }
  const remarks = ['Losses, clipping and AdamW run on the CPU.'];
  if (!support.native) remarks.push(`${device.name} composes some gradients of forward operations.`);
  return { device, support, remarks };
}
