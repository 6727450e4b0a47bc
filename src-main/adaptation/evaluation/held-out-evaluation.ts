/**
 * The held-out evaluation: asks the same questions with the encoder without and with the adapter. Passages are embedded once where the adapter
 * leaves them alone; the ranks from before are kept for a run that is killed.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile } from '../../common/replace-file.ts';
import { readNeighbourWeight } from '../../llara/neighbour-weight.ts';
import { rankingSettings } from '../../search/ranking/ranking-settings.ts';
import {
  type AnswerRanks,
  answerRanks,
  type EvaluationMaterial,
  type EvaluationPassages,
  embedEvaluationPassages,
} from './answer-ranks.ts';
import { type EncoderRun, type Report, withEncoder } from './with-encoder.ts';

export class HeldOutEvaluation {
  readonly #run: EncoderRun & { workDirectory: string };
  readonly #material: EvaluationMaterial;
  readonly #report: Report;
  #bare: EvaluationPassages | null = null;

  constructor(run: EncoderRun & { workDirectory: string }, material: EvaluationMaterial, report: Report) {
    this.#run = run;
    this.#material = material;
    this.#report = report;
  }

  /** A killed run need not test the bare encoder again: its ranks depend on model and questions alone. */
  async ranksBefore(modelId: string): Promise<AnswerRanks> {
    const { questions, candidates } = this.#material;
    const path = join(this.#run.workDirectory, 'ranks-before.json');
    const key = createHash('sha256')
      .update(JSON.stringify([modelId, questions, candidates.map(({ text }) => text)]))
      .digest('hex');
    // Absent at first, and damaged if the disk was full: measured anew either way.
    const saved = await readFile(path, 'utf8')
      .then(JSON.parse)
      .catch(() => null);
    if (saved?.key === key) return saved.ranks;
    const ranks = await this.ranks(null);
    await replaceFile(path, JSON.stringify({ key, ranks }));
    return ranks;
  }

  async ranks(adapterPath: string | null): Promise<AnswerRanks> {
    const phase = adapterPath === null ? 'testing-before' : 'testing-after';
    const { signal } = this.#run;
    const options = (unit: string) => ({
      signal,
      onProgress: (done: number, total: number) => this.#report(phase, done, total, unit),
    });
    return await withEncoder(this.#run, adapterPath, async (encoder) => {
      const known = encoder.info.adaptsPassages ? null : this.#bare;
      const passages = known ?? (await embedEvaluationPassages(encoder, this.#material, options('passages')));
      if (!encoder.info.adaptsPassages) this.#bare = passages;
      const neighbourWeight = (await readNeighbourWeight(adapterPath)) ?? rankingSettings.neighbours;
      return await answerRanks({ encoder, neighbourWeight }, this.#material, passages, options('questions'));
    });
  }
}
