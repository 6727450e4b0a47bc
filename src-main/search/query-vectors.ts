/** Remembers the vectors of the last questions, so that turning a page or changing a filter encodes nothing again. */
import type { TextEncoder } from '../llara/encode/text-encoder.ts';

const defaultCapacity = 64;

export class QueryVectors {
  readonly #encoder: TextEncoder;
  readonly #capacity: number;
  readonly #vectors = new Map<string, Float32Array>();

  /** One per encoder: vectors of different encoders must never meet. */
  constructor(encoder: TextEncoder, capacity: number = defaultCapacity) {
    this.#encoder = encoder;
    this.#capacity = capacity;
  }

  get encoder(): TextEncoder {
    return this.#encoder;
  }

  async get(text: string, signal?: AbortSignal): Promise<Float32Array> {
    const known = this.#vectors.get(text);
    if (known) {
      // Put last: the first is the one longest unused.
      this.#vectors.delete(text);
      this.#vectors.set(text, known);
      return known;
    }
    const [vector] = await this.#encoder.encode([text], 'query', { priority: 'interactive', signal });
    this.#vectors.set(text, vector!);
    const oldest = this.#vectors.keys().next();
    if (this.#vectors.size > this.#capacity && !oldest.done) this.#vectors.delete(oldest.value);
    return vector!;
  }
}
