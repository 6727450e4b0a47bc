/** The parts of the engine that jobs use. The engine itself has this type. */
import type { Job } from '../../contract/jobs.ts';
import type { Settings } from '../../contract/settings.ts';
import type { ExtractionPool } from '../../library/extraction/extraction-pool.ts';
import type { RecognitionThread } from '../../library/recognition/recognition-thread.ts';
import type { DevicePacks } from '../../llara/device/device-packs.ts';
import type { EncoderPool } from '../encoder-pool.ts';
import type { EventHub } from '../event-hub.ts';
import type { HomeDatabase } from '../home-database.ts';
import type { ReadSettings } from '../indexing/read-pending-documents.ts';
import type { LibrarySet } from '../library-set.ts';
import type { ChatModels } from '../models/chat-models.ts';
import type { ModelRegistry } from '../models/model-registry.ts';
import type { LanguageFiles } from '../recognition/language-files.ts';
import type { EngineSettings } from '../settings/engine-settings.ts';
import type { TrainingCurves } from '../training-curves.ts';

/** Work that no person asked for, as far as jobs begin some. */
export interface Background {
  /** An index run; returns its job's id, null where nothing is begun. */
  index(library: string): string | null;
  /** What a library that was opened while the engine runs needs. */
  goOn(library: string): void;
  /** Text recognition where little waits for it: of one library, or of all. */
  recogniseWhatIsLittle(library?: string): Promise<void>;
  /** From now on tells, at each call, whether an index run of the library has been asked for since the last one. */
  askedToIndex(library: string): () => boolean;
}

export type JobParts = {
  /** Folder of all data. */
  home: string;
  database: HomeDatabase;
  encoders: EncoderPool;
  models: ModelRegistry;
  chatModels: ChatModels;
  extraction: ExtractionPool;
  recognitionThread: RecognitionThread;
  languageFiles: LanguageFiles;
  packs: DevicePacks;
  libraries: LibrarySet;
  events: EventHub;
  curves: TrainingCurves;
  settings: EngineSettings;
  background: Background;
  /** Cancels what works on a library and waits until it has stopped. */
  stopJobsOf(library: string): Promise<void>;
  /** Asks for the switch to an adapter. */
  adopt(library: string, modelId: string, adapterId: string | null): Job;
  readSettings(): ReadSettings;
  /** What encoders and training compute with until the next start. */
  computing(): Pick<Settings, 'device' | 'threads'>;
};
