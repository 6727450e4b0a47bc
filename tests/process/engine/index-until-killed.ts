/**
 * Child process of the kill test: opens an engine on LLARA_HOME, reads every document of the folder anew, and says on
 * standard output when it starts and when it is done. It is killed from outside at any moment.
 */
import { homeDirectory } from '../../../src-main/common/paths/home-directory.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { readAllAgain } from '../../../src-main/engine/folders/read-again.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';

const folder = process.argv[2]!;
const engine = await Engine.open({ home: homeDirectory() });
const session = engine.libraries.get('default');
session.folders.add(folder, []);
readAllAgain(session);
process.stdout.write('indexing\n');
const job = await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
process.stdout.write(`${job.state} ${job.failure?.message ?? ''}\n`);
await engine.close();
