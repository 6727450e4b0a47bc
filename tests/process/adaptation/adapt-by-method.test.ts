/** A language model that a person imports: it learns the library by each method, what came of it is taken into use, and the way back leads to where it was. */
import { createRouterClient } from '@orpc/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AdaptationMethod } from '../../../src-main/contract/adaptation.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const test = new TestEngine();
const library = 'default';
const client = () => createRouterClient(createRouter(test.engine));
const question = 'who repaired the roof';

beforeAll(async () => {
  await test.makeModel();
  await test.open();
  const path = await test.makeModel('../language-model.gguf', { plain: true, layerCount: 1, seed: 7 });
  writeTextFolder(test.path('documents'), 40);
  await test.index(test.path('documents'));
  const { id, isLanguageModel } = await client().models.import({ path });
  expect(isLanguageModel).toBe(true);
  await ended(await client().models.use({ library, modelId: id }));
}, 240_000);
afterAll(async () => await test.close());

async function ended({ jobId }: { jobId: string }): Promise<void> {
  const job = await test.engine.jobs.wait(jobId);
  expect(job.failure).toBeNull();
}

const settled = async () => {
  for (const { id, kind } of test.engine.jobs.list()) if (kind === 'switch') await ended({ jobId: id });
};

/** Documents as meaning alone ranks them. */
const found = async () =>
  (await test.search(question, { mode: 'dense' })).groups.map(({ document }) => document.id);

const request = (method: AdaptationMethod) => ({
  library,
  method,
  budgetSeconds: 4,
  device: 'cpu',
  threads: 1,
});

it.each([
  ['auto', 'llara+contrastive', ['llara', 'contrastive']],
  ['llara', 'llara', ['llara']],
  ['contrastive', 'contrastive', ['contrastive']],
] as const)('learns by %s, is used, and goes back', { timeout: 300_000 }, async (method, chosen, stages) => {
  const before = await found();
  expect(before.length).toBeGreaterThan(5);
  expect(await client().adaptation.plan(request(method))).toMatchObject({ method: chosen, refusal: null });
  const known = new Set((await client().adaptation.adapters({ library })).map(({ id }) => id));
  await ended(await client().adaptation.start(request(method)));
  await settled();
  const adapter = (await client().adaptation.adapters({ library })).find(({ id }) => !known.has(id));
  expect(adapter).toMatchObject({ method: chosen, rank: 16 });
  expect(adapter?.stages.map(({ stage }) => stage)).toEqual(stages);
  expect(adapter?.stages.at(-1)?.ndcg10).toBe(adapter?.figures.ndcg10After);
  if (adapter?.state !== 'active')
    await ended(await client().adaptation.adopt({ library, adapterId: adapter!.id }));
  expect(test.engine.libraries.get(library).vectors.encoder?.info.adapterId).toBe(adapter?.id);
  expect(await found()).not.toEqual(before);
  await ended(await client().adaptation.adopt({ library, adapterId: null }));
  expect(await found()).toEqual(before);
});
