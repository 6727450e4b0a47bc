/**
 * The engine: composes everything below it, in one place, and owns what lives as long as the process. It runs the same
 * in a utility process, a Node process and a test; it knows nothing of transports.
 */
import { join } from 'node:path';
import { makeDirectory } from '../common/make-directory.ts';
import { resourcesDirectory } from '../common/resources-directory.ts';
import type { EngineSnapshot } from '../contract/events.ts';
import type { Job } from '../contract/jobs.ts';
import type { Settings } from '../contract/settings.ts';
import { ExtractionPool } from '../library/extraction/extraction-pool.ts';
import { RecognitionThread } from '../library/recognition/recognition-thread.ts';
import { DevicePacks } from '../llara/device/device-packs.ts';
import { type DeviceInUse, openDevice } from '../llara/device/open-device.ts';
import { removeAbandonedAdaptations } from './adapting/remove-abandoned-adaptations.ts';
import { BackgroundWork } from './background-work.ts';
import { deviceVerdictPath } from './devices/device-verdict.ts';
import { EncoderPool } from './encoder-pool.ts';
import { removeAbandonedDirectories } from './evaluation/throwaway-directory.ts';
import { EventHub } from './event-hub.ts';
import { FolderWatch } from './folder-watch.ts';
import { HomeDatabase } from './home-database.ts';
import type { ReadSettings } from './indexing/read-pending-documents.ts';
import { JobRunner } from './jobs/job-runner.ts';
import { allKinds } from './jobs/kinds/all-kinds.ts';
import { switchRequest } from './jobs/kinds/switch-job.ts';
import { LibrarySet } from './library-set.ts';
import { ChatModels } from './models/chat-models.ts';
import { ModelRegistry } from './models/model-registry.ts';
import { productVersion } from './product-version.ts';
import { LanguageFiles } from './recognition/language-files.ts';
import { RerankerPool } from './searching/reranker-pool.ts';
import { EngineSettings } from './settings/engine-settings.ts';
import { observeSettings } from './settings/observe-settings.ts';
import type { SharingTimes } from './sharing/shared-library.ts';
import { TrainingCurves } from './training-curves.ts';

export type EngineOptions = {
  /** Folder of all data; made if it is not there. */
  home: string;
  /** Folder of the bundled models; the product's own unless given. */
  bundledModels?: string;
  /** Re-index when files change. A command that ends by itself has no use for it. */
  watch?: boolean;
  /**
   * For a command that searches by words and ends: no encoder is loaded, which takes a fifth of the time of a start, and what waits to be done is
   * left to the next one.
   */
  wordsOnly?: boolean;
  /** Of libraries whose store several machines reach. */
  sharingTimes?: SharingTimes;
};

export class Engine {
  readonly home: string;
  readonly database: HomeDatabase;
  readonly settings: EngineSettings;
  readonly models: ModelRegistry;
  readonly chatModels: ChatModels;
  readonly encoders: EncoderPool;
  readonly reranker: RerankerPool;
  readonly extraction: ExtractionPool;
  readonly recognitionThread = new RecognitionThread();
  readonly languageFiles: LanguageFiles;
  readonly packs: DevicePacks;
  readonly libraries: LibrarySet;
  readonly jobs: JobRunner;
  readonly events: EventHub;
  readonly curves: TrainingCurves;
  readonly background: BackgroundWork;
  readonly #watch: FolderWatch;
  #device: DeviceInUse = { wanted: 'auto', device: 'auto', problem: null };

  private constructor(options: EngineOptions) {
    this.home = options.home;
    this.database = new HomeDatabase(options.home);
    this.settings = new EngineSettings(this.database);
    this.events = new EventHub();
    this.models = new ModelRegistry({
      bundled: options.bundledModels ?? join(resourcesDirectory(), 'models'),
      imported: join(options.home, 'models'),
      override: process.env.LLARA_MODEL,
      rememberedIds: join(options.home, 'model-ids.json'),
    });
    this.chatModels = new ChatModels({
      directory: join(options.home, 'chat-models'),
      rememberedIds: join(options.home, 'chat-model-ids.json'),
    });
    const computing = () => this.computing();
    this.encoders = options.wordsOnly
      ? EncoderPool.off(this.models, computing)
      : new EncoderPool(this.models, computing);
    const chosen = () => this.settings.get().reranker;
    this.reranker = new RerankerPool({ models: this.models, chosen, computing });
    this.extraction = new ExtractionPool();
    this.languageFiles = new LanguageFiles(options.home);
    this.packs = new DevicePacks(options.home);
    this.libraries = new LibrarySet(options.home, this.database, {
      encoders: this.encoders,
      extraction: this.extraction,
      reranker: this.reranker,
      ...(options.sharingTimes ? { sharingTimes: options.sharingTimes } : {}),
      onChange: (name) => this.#libraryChanged(name),
      onRemove: (name) => this.#libraryRemoved(name),
      onLateOpen: (name) => this.#openedLate(name),
      onDamage: (name) => this.background.index(name),
    });
    this.curves = new TrainingCurves();
    this.jobs = new JobRunner(allKinds(this), this.database, (job) => this.#jobChanged(job));
    this.background = new BackgroundWork(this, {
      isOff: options.wordsOnly ?? false,
      readsScans: options.watch ?? false,
    });
    this.#watch = new FolderWatch((library, only) => this.background.indexAndWait(library, only));
    const watch = options.watch ? this.#watch : null;
    observeSettings({
      settings: this.settings,
      events: this.events,
      libraries: this.libraries,
      reranker: this.reranker,
      watch,
      index: (library) => this.background.index(library),
    });
  }

  /** Throws `path-not-readable` where the home cannot be made, `library-locked` if another process has it open. */
  static async open(options: EngineOptions): Promise<Engine> {
    makeDirectory(options.home);
    const engine = new Engine(options);
    try {
      if (options.wordsOnly) {
        await engine.libraries.openAll();
        return engine;
      }
      engine.#device = await openDevice(engine.database.settings().device, {
        cachePath: deviceVerdictPath(options.home),
        packs: engine.packs.directory,
      });
      await engine.libraries.openAll();
      const journal = engine.database.load().map(({ job }) => job);
      for (const session of engine.libraries.all())
        if (!session.isReadOnly) await removeAbandonedAdaptations(session, journal);
      await removeAbandonedDirectories();
      engine.jobs.restore();
      await engine.background.begin();
      if (options.watch && engine.settings.get().watchFolders) engine.#watch.start(engine.libraries.all());
      return engine;
    } catch (error) {
      await engine.close();
      throw error;
    }
  }

  /** Limits per file while reading. */
  readSettings(): ReadSettings {
    const { maxFileMegabytes, fileTimeoutSeconds } = this.database.settings();
    return { maxBytes: maxFileMegabytes * 1024 * 1024, timeoutMs: fileTimeoutSeconds * 1000 };
  }

  /** What encoders and training compute with until the next start. */
  computing(): Pick<Settings, 'device' | 'threads'> {
    return { device: this.#device.device, threads: this.database.settings().threads };
  }

  /** Why another device computes than the one of the settings; null where it is that one, or the settings have come to name another. */
  get deviceProblem(): string | null {
    const { wanted, problem } = this.#device;
    return wanted === this.database.settings().device ? problem : null;
  }

  /** Switches a library to an adapter, or back to the bare encoder with null; the old vectors answer meanwhile. */
  adopt(library: string, modelId: string, adapterId: string | null): Job {
    const title = adapterId ? 'Switch to the adapted encoder' : 'Switch back to the encoder as it came';
    return this.jobs.submit(switchRequest({ library, modelId, adapterId }, title));
  }

  /** Cancels what works on a library and waits until it has stopped. */
  async stopJobsOf(library: string): Promise<void> {
    const own = this.jobs.list().filter((job) => job.library === library);
    await Promise.all(own.map((job) => this.jobs.wait(this.jobs.cancel(job.id).id)));
  }

  snapshot(): EngineSnapshot {
    return {
      version: productVersion(),
      home: this.home,
      libraries: this.libraries.all().map((session) => session.describe()),
      unavailableLibraries: this.libraries.unavailable(),
      jobs: this.jobs.list(),
      settings: this.database.settings(),
      deviceProblem: this.deviceProblem,
    };
  }

  /** Idempotent. Running jobs stop at their next checkpoint and go on at the next start. */
  async close(): Promise<void> {
    this.#watch.close();
    await this.jobs.close();
    this.events.close();
    await this.libraries.close();
    await this.extraction.dispose();
    this.recognitionThread.close();
    await this.encoders.close();
    await this.reranker.close();
    this.database.close();
  }

  /** It may be renamed or removed before the event is due. */
  #libraryChanged(name: string): void {
    this.#watch.follow(this.libraries.all());
    this.events.publishSoon(`library:${name}`, () => {
      const session = this.libraries.find(name);
      return session ? { type: 'library', library: session.describe() } : null;
    });
  }

  /** Its store did not answer at the start. */
  #openedLate(name: string): void {
    const session = this.libraries.find(name);
    if (!session) return;
    session.changed();
    if (!session.isReadOnly) this.background.goOn(name);
  }

  #libraryRemoved(name: string): void {
    this.#watch.follow(this.libraries.all());
    this.events.publish({ type: 'library-removed', name });
  }

  #jobChanged(job: Job): void {
    this.events.publish({ type: 'job', job });
  }
}
