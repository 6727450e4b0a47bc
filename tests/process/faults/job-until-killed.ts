/**
 * Child process of the kill test of importing and migrating: opens an engine on LLARA_HOME, which goes on with what a kill interrupted, starts the
 * import that is asked for where none was under way, and says on standard output when work begins and how it ended. It is killed from outside.
 */
import { homeDirectory } from '../../../src-main/common/paths/home-directory.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { importRequest } from '../../../src-main/engine/jobs/kinds/import-job.ts';

const [archive, from, to] = process.argv.slice(2);
process.stdout.write('working\n');
const engine = await Engine.open({ home: homeDirectory() });
const isKnown = engine.jobs.list().some(({ kind }) => kind === 'import');
if (archive && from && to && !isKnown) {
  const request = { path: archive, map: [{ from, to }], settings: true };
  engine.jobs.submit(importRequest(request, 'default'));
}
// An import asks for an index run at its end.
const jobs = new Map<string, string>();
for (
  let open = engine.jobs.list();
  open.length > 0;
  open = engine.jobs.list().filter(({ id }) => !jobs.has(id))
) {
  for (const { id } of open) jobs.set(id, (await engine.jobs.wait(id)).state);
}
const failures = engine.jobs.list().flatMap(({ failure }) => failure?.message ?? []);
process.stdout.write(`${failures.join('; ') || 'completed'}\n`);
await engine.close();
