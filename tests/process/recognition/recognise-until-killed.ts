/**
 * Child process of the test of text recognition: opens an engine on LLARA_HOME, recognises what waits and says on standard output how many
 * pages are done. It is killed from outside.
 */
import { homeDirectory } from '../../../src-main/common/paths/home-directory.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { recogniseRequest } from '../../../src-main/engine/jobs/kinds/recognise-job.ts';

const engine = await Engine.open({ home: homeDirectory() });
const { id } = engine.jobs.submit(recogniseRequest('default'));
let said = -1;
const timer = setInterval(() => {
  const { done } = engine.jobs.get(id).progress;
  if (done !== said) process.stdout.write(`${done}\n`);
  said = done;
}, 20);
await engine.jobs.wait(id);
clearInterval(timer);
await engine.close();
