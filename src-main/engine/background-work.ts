/** Work that no person asked for: what an earlier run left undone, vectors for a library that has none yet, scans of which few wait. */

import { isOutOfOrder, needsIndexing } from './documents/lost-documents.ts';
import type { EncoderPool } from './encoder-pool.ts';
import type { IndexPart } from './indexing/index-library.ts';
import type { JobRequest } from './jobs/job-kind.ts';
import type { Background } from './jobs/job-parts.ts';
import type { JobRunner } from './jobs/job-runner.ts';
import { indexRequest } from './jobs/kinds/index-job.ts';
import { recogniseRequest } from './jobs/kinds/recognise-job.ts';
import { switchRequest } from './jobs/kinds/switch-job.ts';
import type { LibrarySession } from './library-session.ts';
import type { LibrarySet } from './library-set.ts';
import type { LanguageFiles } from './recognition/language-files.ts';
import { isBegunUnasked, planRecognition } from './recognition/plan-recognition.ts';
import type { EngineSettings } from './settings/engine-settings.ts';

export type BackgroundParts = {
  jobs: JobRunner;
  libraries: LibrarySet;
  encoders: EncoderPool;
  languageFiles: LanguageFiles;
  settings: EngineSettings;
};

export type BackgroundOptions = {
  /** Nothing is begun, for a command that searches by words and ends. */
  isOff: boolean;
  /** Whether scans are read; a command that ends by itself would leave it undone. */
  readsScans: boolean;
};

export class BackgroundWork implements Background {
  readonly #parts: BackgroundParts;
  readonly #options: BackgroundOptions;

  constructor(parts: BackgroundParts, options: BackgroundOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  index(library: string, only?: IndexPart): string | null {
    return this.#submit(indexRequest(library, { only }));
  }

  /** The milliseconds that the run took, once it has ended. */
  async indexAndWait(library: string, only: IndexPart): Promise<number> {
    const id = this.index(library, only);
    if (id === null) return 0;
    const { startedAt, endedAt } = await this.#parts.jobs.wait(id);
    return startedAt === null || endedAt === null ? 0 : endedAt - startedAt;
  }

  askedToIndex(library: string): () => boolean {
    const { jobs } = this.#parts;
    let seen = jobs.timesAsked('index', library);
    return () => {
      const before = seen;
      seen = jobs.timesAsked('index', library);
      return seen !== before;
    };
  }

  /** At the start of the engine, with every library open. */
  async begin(): Promise<void> {
    for (const session of this.#parts.libraries.all()) await this.#improve(session);
    for (const session of this.#parts.libraries.all()) this.#goOn(session);
  }

  goOn(library: string): void {
    const session = this.#parts.libraries.get(library);
    this.#goOn(session);
    if (session.folders.list().length > 0 && !session.isReadOnly) this.index(library);
  }

  async recogniseWhatIsLittle(library?: string): Promise<void> {
    if (!this.#options.readsScans || !this.#parts.settings.get().readScans) return;
    const languages = await this.#parts.languageFiles.installed();
    for (const session of this.#parts.libraries.all()) {
      const isMeant = library === undefined || session.name === library;
      if (isMeant && !session.isReadOnly && isBegunUnasked(planRecognition(session, languages)))
        this.#submit(recogniseRequest(session.name));
    }
  }

  /** A library that answers by words only, though there is an encoder, gets its vectors. */
  async #improve(session: LibrarySession): Promise<void> {
    if (session.isReadOnly || session.vectors.encoder) return;
    const encoder = await this.#parts.encoders.getDefault();
    if (!encoder) return;
    const params = { library: session.name, modelId: encoder.info.id, adapterId: null };
    this.#submit(switchRequest(params, `Make vectors with ${encoder.info.name}`));
  }

  /** What an earlier run left undone, or damage undid. */
  #goOn(session: LibrarySession): void {
    const isUnderWay = this.#parts.jobs
      .list()
      .some(({ kind, library, endedAt }) => kind === 'index' && library === session.name && endedAt === null);
    if (isUnderWay) return;
    if (needsIndexing(session)) this.index(session.name);
    else if (isOutOfOrder(session)) this.index(session.name, 'rest');
  }

  #submit(request: JobRequest): string | null {
    if (this.#options.isOff) return null;
    return this.#parts.jobs.submit({ ...request, startedBy: 'llara' }).id;
  }
}
