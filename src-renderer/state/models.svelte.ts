/** The models screen: encoders and devices, read when the screen opens and again after each change. */
import type { Device, DevicePack, Model } from '../../src-main/contract/models.ts';
import { type Failure, failureOf } from '../bridge/failure.ts';
import type { Engine } from './engine.svelte.ts';

export class Models {
  list = $state.raw<readonly Model[] | null>(null);
  failure = $state.raw<Failure | null>(null);
  devices = $state.raw<readonly Device[] | null>(null);
  devicesFailure = $state.raw<Failure | null>(null);
  packs = $state.raw<readonly DevicePack[]>([]);

  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async load(): Promise<void> {
    try {
      this.list = await this.#engine.client.models.list();
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  /** What can be fetched for a device is offered, not needed: where it cannot be listed, nothing is shown. */
  async loadPacks(): Promise<void> {
    this.packs = await this.#engine.client.devices.packs().catch(() => []);
  }

  async installPack(pack: DevicePack['name']): Promise<void> {
    await this.#engine.client.devices.install({ pack });
  }

  async removePack(pack: DevicePack['name']): Promise<void> {
    await this.#engine.client.devices.remove({ pack });
    await this.loadPacks();
  }

  /** Probing takes seconds the first time, so devices are asked for apart from the list. */
  async loadDevices(): Promise<void> {
    try {
      this.devices = await this.#engine.client.devices.list();
      this.devicesFailure = null;
    } catch (error) {
      this.devicesFailure = failureOf(error);
    }
  }

  async import(path: string): Promise<Model> {
    const model = await this.#engine.client.models.import({ path });
    await this.load();
    return model;
  }

  async download(modelId: string): Promise<void> {
    await this.#engine.client.models.download({ modelId });
  }

  async use(library: string, modelId: string): Promise<void> {
    await this.#engine.client.models.use({ library, modelId });
  }

  async remove(modelId: string): Promise<void> {
    await this.#engine.client.models.remove({ modelId });
    await this.load();
  }
}
