/** The adaptation panel: what a run would take, the curve of the one that runs, and the adapters that came of earlier ones. */
import type {
  AdaptationMethod,
  AdaptationPlan,
  Adapter,
  TrainingPoint,
} from '../../src-main/contract/adaptation.ts';
import type { Job } from '../../src-main/contract/jobs.ts';
import { type Failure, failureOf } from '../bridge/failure.ts';
import type { Engine } from './engine.svelte.ts';

export class Adaptation {
  budgetMinutes = $state(10);
  method = $state<AdaptationMethod>('auto');
  plan = $state.raw<AdaptationPlan | null>(null);
  planFailure = $state.raw<Failure | null>(null);
  planning = $state(false);
  adapters = $state.raw<readonly Adapter[] | null>(null);
  adaptersFailure = $state.raw<Failure | null>(null);
  curve = $state.raw<readonly TrainingPoint[]>([]);
  curveJobId = $state<string | null>(null);

  readonly #engine: Engine;
  readonly #library: () => string;
  #planned = 0;
  #shown: string | null = null;

  constructor(engine: Engine, library: () => string) {
    this.#engine = engine;
    this.#library = library;
    engine.onTraining((jobId, point) => this.#add(jobId, point));
  }

  /** The newest run of this library, ended or not; null before the first. */
  get job(): Job | null {
    const jobs = this.#engine.jobs.filter((job) => job.kind === 'adapt' && job.library === this.#library());
    return jobs.reduce<Job | null>(
      (newest, job) => (newest && newest.createdAt >= job.createdAt ? newest : job),
      null,
    );
  }

  /** The adoption or roll-back that is under way, if any. */
  get switching(): Job | null {
    const library = this.#library();
    return this.#engine.activeJobs.find((job) => job.kind === 'switch' && job.library === library) ?? null;
  }

  /** What is shown of another library goes at once. */
  load(): void {
    const library = this.#library();
    if (library !== this.#shown) {
      this.#shown = library;
      this.plan = null;
      this.adapters = null;
      this.curve = [];
      this.curveJobId = null;
    }
    void this.loadPlan();
    void this.loadAdapters();
  }

  async loadPlan(): Promise<void> {
    const turn = ++this.#planned;
    this.planning = true;
    try {
      const plan = await this.#engine.client.adaptation.plan({
        library: this.#library(),
        ...this.#chosen(),
      });
      if (turn !== this.#planned) return;
      this.plan = plan;
      this.planFailure = null;
    } catch (error) {
      if (turn === this.#planned) this.planFailure = failureOf(error);
    } finally {
      if (turn === this.#planned) this.planning = false;
    }
  }

  async loadAdapters(): Promise<void> {
    const library = this.#library();
    try {
      const adapters = await this.#engine.client.adaptation.adapters({ library });
      if (library !== this.#library()) return;
      this.adapters = adapters;
      this.adaptersFailure = null;
    } catch (error) {
      if (library === this.#library()) this.adaptersFailure = failureOf(error);
    }
  }

  /** Reads the curve so far of a run that was started earlier or elsewhere. */
  async loadCurve(jobId: string): Promise<void> {
    try {
      const curve = await this.#engine.client.adaptation.curve({ jobId });
      const live = this.curveJobId === jobId ? this.curve : [];
      const last = curve.at(-1)?.step ?? -1;
      this.curve = [...curve, ...live.filter((point) => point.step > last)];
      this.curveJobId = jobId;
    } catch (error) {
      // Without the past the live points still draw a curve.
      console.warn('The training curve so far could not be read:', failureOf(error).message);
    }
  }

  async start(): Promise<void> {
    const { jobId } = await this.#engine.client.adaptation.start({
      library: this.#library(),
      ...this.#chosen(),
    });
    if (this.curveJobId !== jobId) {
      this.curve = [];
      this.curveJobId = jobId;
    }
  }

  async adopt(adapterId: string | null): Promise<void> {
    await this.#engine.client.adaptation.adopt({ library: this.#library(), adapterId });
  }

  async remove(adapterId: string): Promise<void> {
    await this.#engine.client.adaptation.remove({ library: this.#library(), adapterId });
    await this.loadAdapters();
  }

  #chosen() {
    return { budgetSeconds: this.budgetMinutes * 60, method: this.method };
  }

  #add(jobId: string, point: TrainingPoint): void {
    if (this.curveJobId !== jobId) {
      this.curve = [];
      this.curveJobId = jobId;
    }
    // A resumed run may tell a step again.
    this.curve = [...this.curve.filter((other) => other.step < point.step), point];
  }
}
