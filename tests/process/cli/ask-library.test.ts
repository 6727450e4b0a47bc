/** What a question from the terminal is answered with, and that one for words alone costs no encoder: no model is opened for it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exitCodes } from '../../../src-main/cli/output/exit-codes.ts';
import type { SearchResponse } from '../../../src-main/contract/search.ts';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { runLlara } from '../../support/run-llara.ts';

/** Notes, at the end of a process, which GGUF files it opened and which of llama.cpp's libraries it had loaded. */
const noteWhatIsOpened = `
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const models = [];
const noted = (open) => (path, ...rest) => {
  if (String(path).endsWith('.gguf')) models.push(String(path));
  return open(path, ...rest);
};
fs.open = noted(fs.open);
fs.openSync = noted(fs.openSync);
fs.promises.open = noted(fs.promises.open);
syncBuiltinESMExports();
process.on('exit', () => {
  process.report.excludeNetwork = true;
  const libraries = process.report.getReport().sharedObjects.filter((path) => /llama|ggml/.test(path));
  fs.writeFileSync(process.env.NOTED, JSON.stringify({ models, libraries }));
});
`;

let folder: string;
let environment: Record<string, string>;
const llara = (words: string[], more: Record<string, string> = {}) =>
  runLlara(words, { home: join(folder, 'home'), environment: { ...environment, ...more } });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'llara-ask-'));
  environment = { LLARA_MODEL: join(folder, 'tiny.gguf') };
  await makeTinyLlama(await NativeRuntime.create(), environment.LLARA_MODEL!, { layerCount: 1 });
  const documents = join(folder, 'documents');
  mkdirSync(documents);
  writeFileSync(join(documents, 'lease.md'), '# Lease\n\nThe lease of the workshop ends on 31 May.\n');
  writeFileSync(join(documents, 'cake.txt'), 'Plum cake needs an oven at 180 degrees.\n');
  writeFileSync(join(documents, 'ferry.txt'), 'When does the ferry leave? It leaves at seven.\n');
  expect((await llara(['index', documents])).code).toBe(exitCodes.success);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(['hybrid', 'lexical'])('“when does the lease end” finds the lease first (%s)', async (mode) => {
  const { output } = await llara(['search', 'when does the lease end', '--mode', mode, '--json']);
  const answer = JSON.parse(output) as SearchResponse;
  expect(answer).toMatchObject({ mode, confident: true });
  expect(answer.groups[0]).toMatchObject({ certain: true, document: { relativePath: 'lease.md' } });
});

test('a word that stands nowhere is answered with nothing certain', async () => {
  const { output } = await llara(['search', 'xyzzyqwert', '--json']);
  const answer = JSON.parse(output) as SearchResponse;
  expect(answer).toMatchObject({ mode: 'hybrid', confident: false });
  expect(answer.groups.map(({ certain }) => certain)).toEqual(answer.groups.map(() => false));
  expect((await llara(['search', 'xyzzyqwert', '--confident'])).code).toBe(exitCodes.nothingFound);
});

test('a question for words alone opens no model and loads nothing of llama.cpp', async () => {
  const hook = join(folder, 'note.mjs');
  writeFileSync(hook, noteWhatIsOpened);
  const openedBy = async (mode: string) => {
    const noted = join(folder, `${mode}.json`);
    const more = { NODE_OPTIONS: `--import ${pathToFileURL(hook)}`, NOTED: noted };
    const { code, messages } = await llara(['search', 'lease', '--mode', mode], more);
    expect(code, messages).toBe(exitCodes.success);
    return JSON.parse(readFileSync(noted, 'utf8'));
  };
  expect(await openedBy('lexical')).toEqual({ models: [], libraries: [] });
  // What is looked for is seen where there is something to see.
  expect(await openedBy('hybrid')).toEqual({
    models: expect.arrayContaining([environment.LLARA_MODEL]),
    libraries: expect.arrayContaining([expect.stringMatching(/llama/)]),
  });
});
