/**
 * Child process of the kill test of adaptation: opens an engine on LLARA_HOME, lets the jobs that a kill interrupted go on, starts the
 * one that is asked for where none goes on, and searches all the while. It says on standard output when work begins, which phase it is
 * in, each search that failed, and how the job ended. It is killed from outside at any moment.
 */

import { homeDirectory } from '../../../src-main/common/paths/home-directory.ts';
import { searchRequestSchema } from '../../../src-main/contract/search.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { adaptRequest } from '../../../src-main/engine/jobs/kinds/adapt-job.ts';
import { evaluationRequest } from '../../../src-main/engine/jobs/kinds/evaluate-job.ts';
import { adapterForBoth } from '../../support/adapter-for-both.ts';

const [kind, collection] = process.argv.slice(2) as ['adapt' | 'switch' | 'embed' | 'evaluate', string];
const jobKind = kind === 'embed' ? 'switch' : kind;
const say = (line: string) => process.stdout.write(`${line}\n`);
const engine = await Engine.open({ home: homeDirectory() });
const session = engine.libraries.get('default');
const waiting = engine.jobs
  .list()
  .find((job) => job.kind === jobKind && ['queued', 'running', 'paused'].includes(job.state));
const job = waiting ?? engine.jobs.submit(nextRequest());

let isOver = false;
const telling = tellPhases();
const searching = search();
say('working');
const ended = await engine.jobs.wait(job.id);
isOver = true;
clearInterval(telling);
await searching;
say(`${ended.state} ${ended.failure?.message ?? ''}`);
await engine.close();

function nextRequest() {
  if (kind === 'adapt') {
    return adaptRequest({
      library: 'default',
      budgetSeconds: 3600,
      method: 'auto',
      device: 'cpu',
      threads: 1,
      seed: 1,
    });
  }
  if (kind === 'evaluate') {
    return evaluationRequest({
      directory: collection,
      mode: 'dense',
      k: 100,
      adapt: true,
      budgetSeconds: 3600,
      method: 'auto',
      seed: 1,
    });
  }
  const active = session.vectors.sets.active()!;
  const wanted = kind === 'embed' ? adapterForBoth : session.adapters.list()[0]!.id;
  const params = {
    library: 'default',
    modelId: active.encoder,
    adapterId: active.adapter === wanted ? null : wanted,
  };
  return { kind: 'switch' as const, library: 'default', title: 'Switch', params };
}

/** Beside the searches, which take their time. */
function tellPhases(): NodeJS.Timeout {
  let phase = '';
  return setInterval(() => {
    if (job.progress.phase === phase) return;
    phase = job.progress.phase;
    say(`phase: ${phase}`);
  }, 10);
}

async function search(): Promise<void> {
  while (!isOver) {
    try {
      const { mode, groups } = await session.search(
        searchRequestSchema.parse({ query: 'who repaired the roof', mode: 'hybrid', limit: 5 }),
      );
      if (mode !== 'hybrid' || groups.length !== 5) say(`search found ${groups.length} by ${mode}`);
    } catch (error) {
      say(`search failed: ${error}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
