/** Imported models are told apart by their content: one of a name that is taken never replaces the other. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
const client = () => createRouterClient(createRouter(test.engine));
const imported = async () => (await client().models.list()).filter(({ source }) => source === 'imported');
/** The same name in another folder, with other weights. */
const model = async (folder: string, seed: number) =>
  await test.makeModel(`../${folder}/mine.gguf`, { seed, extraStrings: { 'general.name': 'mine' } });

beforeEach(async () => {
  test = new TestEngine();
  for (const folder of ['a', 'b']) mkdirSync(test.path(folder), { recursive: true });
  await test.open();
});
afterEach(async () => await test.close());

it('keeps two files of one name, and the one in use as it was', async () => {
  const first = await client().models.import({ path: await model('a', 1) });
  const bytes = readFileSync(first.path!);
  const second = await client().models.import({ path: await model('b', 2) });
  expect(second.id).not.toBe(first.id);
  expect(second.name).toBe(first.name);
  expect(readFileSync(first.path!).equals(bytes)).toBe(true);
  expect((await imported()).map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
  await client().models.remove({ modelId: first.id });
  expect((await imported()).map(({ id }) => id)).toEqual([second.id]);
});

it('finds a file again that is there already, whatever its name', async () => {
  const path = await model('a', 1);
  const first = await client().models.import({ path });
  copyFileSync(path, test.path('b', 'other.gguf'));
  expect(await client().models.import({ path: test.path('b', 'other.gguf') })).toEqual(first);
  expect(await imported()).toHaveLength(1);
});

it('still finds what an older version imported, under its plain name', async () => {
  const path = await model('a', 1);
  mkdirSync(join(test.home, 'models'), { recursive: true });
  writeFileSync(join(test.home, 'models', 'mine.gguf'), readFileSync(path));
  const [old] = await imported();
  expect(old?.path).toBe(join(test.home, 'models', 'mine.gguf'));
  expect(await client().models.import({ path })).toEqual(old);
  await client().models.remove({ modelId: old!.id });
  expect(await imported()).toEqual([]);
});

it('takes a language model that can be taught to embed, and refuses one that cannot', async () => {
  const chat = { 'tokenizer.chat_template': '{{ messages }}', 'general.name': 'Small Instruct' };
  const taught = await test.makeModel('../a/taught.gguf', { plain: true, extraStrings: chat });
  expect(await client().models.import({ path: taught })).toMatchObject({
    name: 'Small Instruct',
    isLanguageModel: true,
  });
  // A llama with a tensor that its graph does not know.
  const strange = { plain: true, extraVectors: { 'blk.0.attn_q_norm.weight': new Float32Array(16) } };
  const other = await test.makeModel('../b/other.gguf', { ...strange, extraStrings: chat });
  await expect(client().models.import({ path: other })).rejects.toMatchObject({
    message: expect.stringMatching(/other\.gguf is a chat model .* llara models chat other\.gguf/),
    data: { code: 'not-supported' },
  });
});
