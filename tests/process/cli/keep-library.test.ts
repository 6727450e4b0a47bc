/** What a person does to keep a library: take it to another data folder in one file, have it examined, and have mended what was damaged. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../../../src-main/cli/output/exit-codes.ts';
import type { SearchResponse } from '../../../src-main/contract/search.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { runLlara } from '../../support/run-llara.ts';

const modelFolder = mkdtempSync(join(tmpdir(), 'llara-cli-model-'));
const environment = { LLARA_MODEL: join(modelFolder, 'tiny.gguf') };
let folder: string;
let documents: string;

beforeAll(async () => {
  await makeTinyLlama(await NativeRuntime.create(), environment.LLARA_MODEL, { layerCount: 1 });
});
afterAll(() => rmSync(modelFolder, { recursive: true, force: true }));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llara-keep-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'lease.md'), '# Lease\n\nThe lease of the workshop ends on 31 May.\n');
  writeFileSync(join(documents, 'cake.txt'), 'Plum cake needs an oven at 180 degrees.\n');
  writeFileSync(join(documents, 'ferry.txt'), 'The ferry leaves at seven in the morning.\n');
});

const commandsOf = (home: string) => {
  const llara = (...words: string[]) => runLlara(words, { home: join(folder, home), environment });
  const jsonOf = async (...words: string[]) => {
    const { code, output, messages } = await llara(...words, '--json');
    expect(code, messages).toBe(exitCodes.success);
    return JSON.parse(output);
  };
  /** Which passages answer, how well, and where their documents are. */
  const answer = async (query: string, library: string) => {
    const { groups, mode } = (await jsonOf('search', query, '--library', library)) as SearchResponse;
    return {
      mode,
      found: groups.map(({ document, hits }) => [document.relativePath, hits.map(({ text }) => text)]),
      paths: groups.map(({ document }) => document.path),
    };
  };
  return { llara, jsonOf, answer };
};

test('a library goes to another data folder in one file, with its index or without, and answers there as before', async () => {
  const here = commandsOf('here');
  const there = commandsOf('there');
  await here.jsonOf('index', documents);
  const before = await here.answer('when does the lease end', 'default');
  expect(before).toMatchObject({
    mode: 'hybrid',
    found: [['lease.md', expect.anything()], expect.anything(), expect.anything()],
  });
  const moved = join(folder, 'elsewhere', 'papers');
  const archives = [
    { name: 'read-anew', options: [] },
    { name: 'with-index', options: ['--with-index'] },
  ];
  for (const { name, options } of archives)
    await here.jsonOf('export', join(folder, `${name}.llara`), ...options);
  mkdirSync(join(folder, 'elsewhere'));
  renameSync(documents, moved);
  for (const { name } of archives) {
    const file = join(folder, `${name}.llara`);
    const imported = await there.jsonOf('import', file, '--as', name, '--map', `${documents}=${moved}`);
    expect(imported).toMatchObject({ library: name, folders: [moved], withIndex: name === 'with-index' });
    if (name === 'read-anew') await there.jsonOf('index', '--library', name);
    const after = await there.answer('when does the lease end', name);
    expect({ ...after, paths: [] }).toEqual({ ...before, paths: [] });
    expect(after.paths.every((path) => path.startsWith(moved))).toBe(true);
  }
});

test('doctor says nothing of a sound library, names what was damaged, and mends it', async () => {
  const { llara, jsonOf } = commandsOf('home');
  await jsonOf('index', documents);
  const sound = /^\d+ checks of 1 libraries, 0 findings\.\n$/;
  expect(await llara('doctor')).toMatchObject({
    code: exitCodes.success,
    output: expect.stringMatching(sound),
  });
  const manifest = new DatabaseSync(join(folder, 'home', 'libraries', 'default', 'library.sqlite'));
  manifest.exec('DELETE FROM document_names WHERE rowid = (SELECT min(rowid) FROM document_names)');
  manifest.close();
  expect(await llara('doctor')).toMatchObject({
    code: exitCodes.failure,
    output: expect.stringMatching(/^default, names: .*differ.* Mend it with: llara doctor --repair\n/),
  });
  expect(await llara('doctor', '--repair')).toMatchObject({
    code: exitCodes.success,
    output: expect.stringMatching(/^default, names: .* Mended\.\n/),
  });
  expect(await llara('doctor')).toMatchObject({
    code: exitCodes.success,
    output: expect.stringMatching(sound),
  });
});
