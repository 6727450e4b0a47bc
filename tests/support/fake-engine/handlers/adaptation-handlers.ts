/** Adaptation and evaluation of the fake engine: a run of forty steps, and moving the search over to what came of it. */
import type { Adapter, TrainingPoint } from '../../../../src-main/contract/adaptation.ts';
import { fakeAdapter, fakePlan, fakePoint } from '../fake-adaptation.ts';
import type { FakeProcedures, FakeWorld } from '../fake-procedures.ts';

const totalSteps = 40;

export function adaptationHandlers(os: FakeProcedures, { state, jobs, events }: FakeWorld) {
  const curves = new Map<string, TrainingPoint[]>();
  const stateAfterSwitch = (adapter: Adapter, chosen: string | null): Adapter['state'] => {
    if (adapter.id === chosen) return 'active';
    return adapter.state === 'active' ? 'available' : adapter.state;
  };
  return {
    adaptation: {
      plan: os.adaptation.plan.handler(({ input }) => fakePlan(input.budgetSeconds)),
      start: os.adaptation.start.handler(() =>
        jobs.start({
          kind: 'adapt',
          title: 'Adapting to your documents',
          unit: 'steps',
          total: totalSteps,
          onStep: (done, job) => {
            const point = fakePoint(done, totalSteps);
            curves.set(job.id, [...(curves.get(job.id) ?? []), point]);
            events.publish({ type: 'training', jobId: job.id, point });
          },
          onCompleted: () => {
            const id = `a${state.adapters.length + 1}`;
            state.adapters = [fakeAdapter(id, 'available', 0.043), ...state.adapters];
          },
        }),
      ),
      curve: os.adaptation.curve.handler(({ input }) => curves.get(input.jobId) ?? []),
      adapters: os.adaptation.adapters.handler(() => state.adapters),
      adopt: os.adaptation.adopt.handler(({ input }) =>
        jobs.start({
          kind: 'switch',
          title: 'Moving the search over',
          unit: 'passages',
          total: 6,
          onCompleted: () => {
            state.adapters = state.adapters.map((adapter) => ({
              ...adapter,
              state: stateAfterSwitch(adapter, input.adapterId),
            }));
          },
        }),
      ),
      remove: os.adaptation.remove.handler(({ input }) => {
        state.adapters = state.adapters.filter((adapter) => adapter.id !== input.adapterId);
      }),
    },
    evaluation: {
      run: os.evaluation.run.handler(({ input }) =>
        jobs.start({
          kind: 'evaluate',
          title: 'Evaluating',
          unit: 'questions',
          total: 4,
          library: null,
          result: {
            collection: 'fake',
            mode: input.mode,
            encoder: null,
            adapter: null,
            documents: 3,
            queries: 2,
            ndcg10: 0.5,
            mrr10: 0.5,
            recall100: 1,
            p50_ms: 1,
            p95_ms: 2,
            index_seconds: 0.1,
          },
        }),
      ),
    },
  };
}
