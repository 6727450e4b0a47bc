/** llama.cpp's own tokenizer of a model file: the vocabulary alone is loaded, no weights. */
import { AppError } from '../../common/app-error.ts';
import { callAsync } from '../../native/bind-functions.ts';
import type { NativeFunctions } from '../../native/native-functions.ts';
import type { NativeRuntime } from '../../native/native-runtime.ts';

export type TokenizeOptions = {
  /** Read `<s1>` and the like as the tokens they name; off for text of unknown origin. */
  parseSpecial?: boolean;
  /** Add what the model wants around every text (BOS, CLS, SEP, EOS). */
  addSpecial?: boolean;
};

export class Tokenizer {
  readonly #functions: NativeFunctions;
  readonly #path: string;
  #model: bigint | null;
  readonly #vocabulary: bigint;

  private constructor(functions: NativeFunctions, path: string, model: bigint, vocabulary: bigint) {
    this.#functions = functions;
    this.#path = path;
    this.#model = model;
    this.#vocabulary = vocabulary;
  }

  static async create(runtime: NativeRuntime, path: string): Promise<Tokenizer> {
    const f = runtime.functions;
    const parameters = { ...f.llama_model_default_params(), vocab_only: true, n_gpu_layers: 0 };
    const { result: model, lines } = await runtime.log.capture(() =>
      callAsync(f.llama_model_load_from_file, path, parameters),
    );
    const vocabulary = model === null ? null : f.llama_model_get_vocab(model);
    if (model === null || vocabulary === null || f.llama_vocab_n_tokens(vocabulary) === 0) {
      throw new AppError(
        'model-invalid',
        `${path} has no tokenizer that llama.cpp can load. ${lines.join(' ')}`.trim(),
      );
    }
    return new Tokenizer(f, path, model, vocabulary);
  }

  get vocabularySize(): number {
    return this.#functions.llama_vocab_n_tokens(this.#live);
  }

  tokenize(text: string, options: TokenizeOptions = {}): Int32Array {
    const { addSpecial = false, parseSpecial = false } = options;
    if (text === '' && !addSpecial) return new Int32Array(0);
    const bytes = Buffer.from(text, 'utf8');
    let tokens = new Int32Array(bytes.length + 8);
    const run = () =>
      this.#functions.llama_tokenize(
        this.#live,
        bytes,
        bytes.length,
        tokens,
        tokens.length,
        addSpecial,
        parseSpecial,
      );
    let count = run();
    if (count < 0 && count > -(2 ** 31)) {
      tokens = new Int32Array(-count);
      count = run();
    }
    if (count < 0)
      throw new AppError('bad-request', `A text of ${bytes.length} bytes is too long to tokenise.`);
    return tokens.slice(0, count);
  }

  /** What it puts around a text of its own accord, seen from one that it knows. */
  aroundText(): { before: Int32Array; after: Int32Array } {
    const bare = this.tokenize('a');
    const framed = this.tokenize('a', { addSpecial: true });
    const start = framed.findIndex((_, at) => bare.every((token, offset) => framed[at + offset] === token));
    if (start < 0) return { before: framed.slice(0, 0), after: framed.slice(0, 0) };
    return { before: framed.slice(0, start), after: framed.slice(start + bare.length) };
  }

  /** How the vocabulary spells a token. */
  textOf(token: number): string | null {
    return this.#functions.llama_vocab_get_text(this.#live, token);
  }

  dispose(): void {
    if (this.#model === null) return;
    this.#functions.llama_model_free(this.#model);
    this.#model = null;
  }

  get #live(): bigint {
    if (this.#model === null)
      throw new AppError('internal', `The tokenizer of ${this.#path} was used after disposal.`);
    return this.#vocabulary;
  }
}
