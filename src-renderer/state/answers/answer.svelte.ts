/** One question to the chat model at a time, and its answer as it is written. It stays while a person looks at a source and comes back. */
import type {
  AnswerOutcome,
  AnswerPassage,
  AnswerSentence,
} from '../../../src-main/contract/answers/answers.ts';
import { nothingGathered, withEvent } from '../../../src-main/contract/answers/gather-answer.ts';
import { type Failure, failureOf, wasAborted } from '../../bridge/failure.ts';
import type { Engine } from '../engine.svelte.ts';

export class Answer {
  question = $state('');
  /** The question that is answered below. */
  asked = $state('');
  busy = $state(false);
  passages = $state.raw<readonly AnswerPassage[]>([]);
  sentences = $state.raw<readonly AnswerSentence[]>([]);
  /** The sentence that is being written. */
  writing = $state('');
  outcome = $state<AnswerOutcome | 'stopped' | null>(null);
  model = $state<string | null>(null);
  notices = $state.raw<readonly string[]>([]);
  failure = $state.raw<Failure | null>(null);

  readonly #engine: Engine;
  readonly #library: () => string;
  #asking: AbortController | null = null;

  constructor(engine: Engine, library: () => string) {
    this.#engine = engine;
    this.#library = library;
  }

  async ask(): Promise<void> {
    const question = this.question.trim();
    if (question === '') return;
    this.#asking?.abort();
    const asking = new AbortController();
    this.#asking = asking;
    let gathered = nothingGathered;
    Object.assign(this, gathered, { asked: question, busy: true, failure: null });
    try {
      const input = { library: this.#library(), question };
      const events = await this.#engine.client.answers.ask(input, { signal: asking.signal });
      for await (const event of events) {
        if (this.#asking !== asking) return;
        gathered = withEvent(gathered, event);
        Object.assign(this, gathered);
      }
    } catch (error) {
      if (this.#asking !== asking) return;
      if (!wasAborted(error, asking.signal)) this.failure = failureOf(error);
    } finally {
      if (this.#asking === asking) this.#end();
    }
  }

  /** Leaves the model in the middle; what is written so far stays. */
  stop(): void {
    this.#asking?.abort();
    this.outcome = 'stopped';
    this.#end();
  }

  #end(): void {
    this.#asking = null;
    this.busy = false;
    this.writing = '';
  }
}
