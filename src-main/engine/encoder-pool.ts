/** The encoders that are loaded, each once however many libraries use it. Loading is lazy; closing unloads them all. */
import { basename } from 'node:path';
import { AppError } from '../common/app-error.ts';
import type { Settings } from '../contract/settings.ts';
import { createTextEncoder } from '../llara/encode/create-text-encoder.ts';
import type { TextEncoder } from '../llara/encode/text-encoder.ts';
import type { ModelRegistry } from './models/model-registry.ts';

export class EncoderPool {
  readonly #models: ModelRegistry;
  readonly #settings: () => Pick<Settings, 'device' | 'threads'>;
  readonly #hasDefault: boolean;
  readonly #loaded: Map<string, Promise<TextEncoder>>;
  readonly #isOff: boolean;
  #problem: string | null = null;

  constructor(
    models: ModelRegistry,
    settings: () => Pick<Settings, 'device' | 'threads'>,
    shared?: Map<string, Promise<TextEncoder>>,
    isOff = false,
  ) {
    this.#models = models;
    this.#settings = settings;
    this.#hasDefault = shared === undefined;
    this.#loaded = shared ?? new Map();
    this.#isOff = isOff;
  }

  /** A pool that loads nothing, for who asks for words alone. */
  static off(models: ModelRegistry, settings: () => Pick<Settings, 'device' | 'threads'>): EncoderPool {
    return new EncoderPool(models, settings, new Map(), true);
  }

  /** The same pool for a library that is to have words only. */
  withoutDefault(): EncoderPool {
    return new EncoderPool(this.#models, this.#settings, this.#loaded);
  }

  /** A pool of its own for other models; whoever asks for it closes it. */
  over(models: ModelRegistry): EncoderPool {
    return new EncoderPool(models, this.#settings);
  }

  /** Throws `model-missing`, `model-invalid`, `adapter-mismatch` or what the native layer reports. */
  async get(modelId: string, adapterPath: string | null): Promise<TextEncoder> {
    if (this.#isOff)
      throw new AppError('model-missing', 'No encoder was loaded, since words alone are asked for.');
    const key = `${modelId}|${adapterPath ?? ''}`;
    const known = this.#loaded.get(key);
    if (known) return await known;
    const loading = this.#load(modelId, adapterPath);
    this.#loaded.set(key, loading);
    try {
      return await loading;
    } catch (error) {
      this.#loaded.delete(key);
      throw error;
    }
  }

  /** The encoder of a new library, or null with `problem` saying why there is none. */
  async getDefault(): Promise<TextEncoder | null> {
    if (!this.#hasDefault) return null;
    try {
      const model = await this.#models.defaultModel();
      if (!model) {
        this.#problem =
          'No encoder is installed, so search goes by words. Import a GGUF embedding model under Models.';
        return null;
      }
      const encoder = await this.get(model.id, null);
      this.#problem = null;
      return encoder;
    } catch (error) {
      this.#problem = `Search goes by words: ${error instanceof Error ? error.message : String(error)}`;
      return null;
    }
  }

  /** The encoder for a library in these languages; null where there is none to choose, or it cannot be used. */
  async getFor(shares: ReadonlyMap<string, number>): Promise<TextEncoder | null> {
    if (!this.#hasDefault) return null;
    const model = await this.#models.modelFor(shares).catch(() => null);
    return model && (await this.get(model.id, null).catch(() => null));
  }

  problem(): string | null {
    return this.#problem;
  }

  /** Forgets an adapter's encoder, so that its file can be removed. */
  async unload(modelId: string, adapterPath: string | null): Promise<void> {
    const key = `${modelId}|${adapterPath ?? ''}`;
    const encoder = this.#loaded.get(key);
    this.#loaded.delete(key);
    await (await encoder?.catch(() => undefined))?.dispose();
  }

  async close(): Promise<void> {
    const encoders = await Promise.allSettled(this.#loaded.values());
    this.#loaded.clear();
    for (const result of encoders) if (result.status === 'fulfilled') await result.value.dispose();
  }

  async #load(modelId: string, adapterPath: string | null): Promise<TextEncoder> {
    const model = await this.#models.find(modelId);
    const { device, threads } = this.#settings();
    return await createTextEncoder({
      modelPath: model.path,
      modelId,
      adapterPath: adapterPath ?? undefined,
      // A library's adapter is named by its file; the vector set made with it remembers that name, to find it again.
      adapterId: adapterPath === null ? undefined : basename(adapterPath, '.gguf'),
      device,
      threads: threads || undefined,
    });
  }
}
