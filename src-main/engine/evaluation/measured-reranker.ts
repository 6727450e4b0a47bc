/** The reranker of a measurement: its file alone, and no figures where it failed on the way, for those would be those of the search without it. */
import type { EvaluationRows } from '../../contract/evaluation.ts';
import type { Settings } from '../../contract/settings.ts';
import { createReranker } from '../../llara/rerank/create-reranker.ts';
import type { Reranker } from '../../llara/rerank/reranker.ts';
import type { Rerank } from '../../search/ranking/rerank-passages.ts';

export class MeasuredReranker {
  readonly #reranker: Reranker;
  #failure: unknown = null;

  private constructor(reranker: Reranker) {
    this.#reranker = reranker;
  }

  /** Throws what `createReranker` throws. */
  static async open(
    modelPath: string,
    { device, threads }: Pick<Settings, 'device' | 'threads'>,
  ): Promise<MeasuredReranker> {
    return new MeasuredReranker(await createReranker({ modelPath, device, threads: threads || undefined }));
  }

  readonly rerank: Rerank = async (question, texts, signal) => {
    try {
      return await this.#reranker.rank(question, texts, signal);
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  };

  /** The rows of hybrid search with the reranker's name. Throws what it failed with. */
  named(rows: EvaluationRows): EvaluationRows {
    if (this.#failure !== null) throw this.#failure;
    const { name } = this.#reranker;
    const marked = <Row extends { mode: string }>(row: Row) =>
      row.mode === 'hybrid' ? { ...row, reranker: name } : row;
    if (!Array.isArray(rows)) return marked(rows);
    return rows.map(marked) as EvaluationRows;
  }

  async dispose(): Promise<void> {
    await this.#reranker.dispose();
  }
}
