/** Words of like meaning in a real library, with the bundled encoder: learnt by indexing, used by search, kept and renewed. */

import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { searchRequestSchema } from '../../../src-main/contract/search.ts';
import { needsIndexing } from '../../../src-main/engine/documents/lost-documents.ts';
import { Engine } from '../../../src-main/engine/engine.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { temporaryDirectory } from '../../unit/store/fixtures.ts';

const documents = {
  rules: 'House rules. Bicycles must not stand in the hall. Use the racks behind the yard.',
  boiler: 'The boiler stands in the cellar, which is always locked. Mrs Webb keeps the key.',
  school: 'Term dates. Children have to be there by nine, with a packed lunch.',
  teeth: 'Dental bill: two fillings and a crown, payable within thirty days.',
  trip: 'The ferry leaves at seven in the morning. Take a warm coat.',
};

let home: string;
let folder: string;
let engine: Engine;

beforeEach(async () => {
  const scratch = await temporaryDirectory();
  home = join(scratch, 'home');
  folder = join(scratch, 'documents');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(folder, `${name}.txt`), text);
  engine = await Engine.open({ home });
  session().folders.add(folder, []);
  await index();
});

afterEach(async () => await engine.close());

const session = () => engine.libraries.get('default');
const banks = () => join(session().directory, 'words');

async function index(): Promise<void> {
  const job = await engine.jobs.wait(engine.jobs.submit(indexRequest('default')).id);
  expect(job.state).toBe('completed');
}

it('finds and marks what is said in other words than were asked for', async () => {
  const search = async (query: string) => {
    const { groups } = await session().search(searchRequestSchema.parse({ query }));
    return { first: groups[0]?.document.title, words: groups[0]?.hits[0]?.matchedWords };
  };
  expect((await search('where to put my bike')).words).toContain('bicycles');
  expect(await search('dentist')).toMatchObject({ words: expect.arrayContaining(['dental']) });
  expect(await search('kids')).toMatchObject({ words: expect.arrayContaining(['children']) });
});

it('keeps the words over a restart, learns them again where the file is gone, and not at every run', async () => {
  const [bank] = readdirSync(banks());
  const learntAt = () => statSync(join(banks(), bank as string)).mtimeMs;
  const before = learntAt();
  expect(needsIndexing(session())).toBe(false);
  await index();
  expect(learntAt()).toBe(before);
  const path = banks();
  await engine.close();
  rmSync(path, { recursive: true });
  engine = await Engine.open({ home });
  await Promise.all(engine.jobs.list().map(({ id }) => engine.jobs.wait(id)));
  expect(existsSync(banks())).toBe(true);
});
