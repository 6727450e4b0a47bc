/** Opens a data folder with a shared library, begins to index a folder into it and says when it does. Its parent kills it. */
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { leaseFor } from './lease-for.ts';

const [home = '', models = '', folder = ''] = process.argv.slice(2);
const engine = await Engine.open({ home, bundledModels: models, ...leaseFor });
const session = engine.libraries.get('team');
session.folders.add(folder, []);
engine.jobs.submit(indexRequest('team'));
const timer = setInterval(() => {
  if (session.vectors.store.passages.rowCount === 0) return;
  clearInterval(timer);
  console.log('writing');
}, 5);
