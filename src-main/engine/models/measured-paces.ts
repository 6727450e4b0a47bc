/** How fast encoders in use are here, as measured when somebody asks what others would cost. */
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { measurePace } from './model-cost.ts';

const validMs = 600_000;

export class MeasuredPaces {
  /** Passages a second, by the encoder's id. */
  readonly #paces = new Map<string, number>();
  readonly #measuredAt = new Map<string, number>();

  /**
   * The paces known, among them that of `encoder`. It is measured again after ten minutes and the best counts, since other work makes it slower.
   * Where it cannot be measured, nothing is reckoned.
   */
  async with(encoder: TextEncoder | null): Promise<ReadonlyMap<string, number>> {
    if (!encoder) return this.#paces;
    const { id } = encoder.info;
    const isRecent = performance.now() - (this.#measuredAt.get(id) ?? -Infinity) < validMs;
    if (isRecent) return this.#paces;
    this.#measuredAt.set(id, performance.now());
    const pace = await measurePace(encoder).catch(() => null);
    if (pace !== null) this.#paces.set(id, Math.max(pace, this.#paces.get(id) ?? 0));
    return this.#paces;
  }
}
