/**
 * A library that mixes German letters, Chinese notes and English papers, asked in each of the three languages by the encoder that
 * ships for them. The questions were written before anything was searched for, and are not changed by what is found.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadQuestionFolder, type QuestionFolder } from '../../src-main/search/evaluation/question-folder.ts';
import { TestEngine } from '../support/test-engine.ts';

const folder = join(import.meta.dirname, 'fixtures/three-languages');
const encoder = join(import.meta.dirname, '../../resources/models/multilingual-e5-small');

const host = new TestEngine(encoder);
let asked: QuestionFolder;

beforeAll(async () => {
  asked = (await loadQuestionFolder(folder))!;
  await host.open();
  await host.index(asked.filesDirectory);
});
afterAll(async () => await host.close());

/** Each question of the kind with the place of the document that answers it; null where it is not among the first ten. */
async function placesOf(kind: string): Promise<{ query: string; place: number | null }[]> {
  const places: { query: string; place: number | null }[] = [];
  for (const { query, relevant } of asked.questions.filter((question) => question.kind === kind)) {
    const { groups, mode } = await host.search(query);
    expect(mode).toBe('hybrid');
    const found = groups.findIndex(({ document }) => relevant.includes(document.relativePath));
    places.push({ query, place: found < 0 ? null : found + 1 });
  }
  return places;
}

test('every file is indexed, and each language was told', () => {
  const { documents, vectors } = host.engine.libraries.get('default');
  expect(documents.counts()).toMatchObject({ indexed: 39, failed: 0 });
  expect([...vectors.active.languages].sort()).toEqual(['de', 'en', 'zh']);
});

test.each(['german', 'chinese', 'english'])(
  'ten %s questions find their document first or second',
  async (kind) => {
    const places = await placesOf(kind);
    expect(places).toHaveLength(10);
    expect(places.filter(({ place }) => (place ?? Infinity) > 2)).toEqual([]);
  },
);
