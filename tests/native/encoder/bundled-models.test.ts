/** The encoders that come with the product: both can be used, say what they are and under which licence, and the English one is the default. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ModelRegistry } from '../../../src-main/engine/models/model-registry.ts';

const imported = mkdtempSync(join(tmpdir(), 'llara-models-'));
const registry = new ModelRegistry({
  bundled: join(import.meta.dirname, '../../../resources/models'),
  imported,
  override: undefined,
  rememberedIds: join(imported, 'model-ids.json'),
});
afterAll(() => rmSync(imported, { recursive: true, force: true }));

it('lists both bundled encoders as usable', async () => {
  const bundled = (await registry.list(new Set())).filter(({ source }) => source === 'bundled');
  expect(bundled.map(({ name, licence, unusable }) => ({ name, licence, unusable }))).toEqual([
    { name: 'llara-mini', licence: 'Apache-2.0', unusable: null },
    { name: 'multilingual-e5-small', licence: 'MIT', unusable: null },
  ]);
  expect(bundled[0]!.languages).toEqual(['en']);
  for (const language of ['ar', 'de', 'hi', 'sw', 'th', 'tr', 'zh'])
    expect(bundled[1]!.languages).toContain(language);
});

it('starts new libraries with the English one', async () => {
  expect((await registry.defaultModel())?.description.name).toBe('llara-mini');
});
