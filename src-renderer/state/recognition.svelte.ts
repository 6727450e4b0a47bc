/** What of the library waits for text recognition, and the languages that it can read: read when the screen opens, and after each change. */
import type {
  RecognitionLanguage,
  RecognitionPlan,
} from '../../src-main/contract/recognition/recognition.ts';
import { type Failure, failureOf } from '../bridge/failure.ts';
import type { Engine } from './engine.svelte.ts';

export class Recognition {
  plan = $state.raw<RecognitionPlan | null>(null);
  languages = $state.raw<readonly RecognitionLanguage[]>([]);
  failure = $state.raw<Failure | null>(null);
  readonly installed = $derived(this.languages.filter(({ isInstalled }) => isInstalled));
  readonly missing = $derived(this.languages.filter(({ isInstalled }) => !isInstalled));

  readonly #engine: Engine;
  readonly #library: () => string;

  constructor(engine: Engine, library: () => string) {
    this.#engine = engine;
    this.#library = library;
  }

  async load(): Promise<void> {
    const { recognition } = this.#engine.client;
    const library = this.#library();
    try {
      const [plan, languages] = await Promise.all([recognition.plan({ library }), recognition.languages()]);
      if (library !== this.#library()) return;
      this.plan = plan;
      this.languages = languages;
      this.failure = null;
    } catch (error) {
      this.failure = failureOf(error);
    }
  }

  async start(): Promise<void> {
    await this.#engine.client.recognition.start({ library: this.#library() });
  }

  async download(code: string): Promise<void> {
    await this.#engine.client.recognition.download({ code });
  }
}
