/** What training asks: as many questions as a run has steps for, other ones every round, as short as those that people type. */
import { describe, expect, it } from 'vitest';
import type { AdaptationDocument } from '../../../src-main/adaptation/adaptation-document.ts';
import { hasWords, shortenQuery } from '../../../src-main/adaptation/pairs/shorten-query.ts';
import { drawPairs, prepareTraining } from '../../../src-main/adaptation/training/prepare-training.ts';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';

const text = Array.from({ length: 12 }, (_, line) =>
  Array.from({ length: 9 }, (_, at) => `word${line}x${at}`)
    .join(' ')
    .replace(/^w/, 'W')
    .concat('.'),
).join(' ');

const makeDocuments = (count: number): AdaptationDocument[] =>
  Array.from({ length: count }, (_, id) => ({
    documentId: `d${id}`,
    title: `Document number ${id} of all`,
    chunks: [{ headingPath: [], text: text.replaceAll('word', `d${id}w`) }],
  }));

const draw = (documents: AdaptationDocument[], seed = 1) =>
  drawPairs(documents, {
    documents,
    modelPath: '',
    request: { budgetSeconds: 60, seed },
    feedback: [{ query: 'what a person asked', documentId: 'd3', text: 'd3w1x1 d3w1x2' }],
  });

describe('pairs drawn in rounds', async () => {
  const documents = makeDocuments(50);
  const pairs = await draw(documents);

  it('ask other things of a passage every time', () => {
    const excerpts = pairs.filter(({ kind, group }) => kind === 'excerpt' && group === 'd7');
    expect(excerpts).toHaveLength(12);
    expect(new Set(excerpts.map(({ query }) => query)).size).toBe(12);
  });

  it('are as short as typed questions', () => {
    for (const { query } of pairs) expect(hasWords(query, 17)).toBe(false);
  });

  it('hold what a person asked once a round', () => {
    const asked = pairs.filter(({ kind }) => kind === 'feedback');
    expect(asked).toHaveLength(12);
    for (const { query, group } of asked) expect([query, group]).toEqual(['what a person asked', 'd3']);
  });

  it('are the same for the same seed', async () => {
    expect(await draw(documents)).toEqual(pairs);
    expect(await draw(documents, 2)).not.toEqual(pairs);
  });

  it('are no more than a run has steps for, and let other things have their turn while they are drawn', async () => {
    const many = makeDocuments(1500);
    let turns = 0;
    let isDrawn = false;
    const count = () => {
      turns += 1;
      if (!isDrawn) setImmediate(count);
    };
    setImmediate(count);
    const drawn = (await draw(many)).filter(({ kind }) => kind !== 'feedback');
    isDrawn = true;
    expect(turns).toBeGreaterThan(5);
    expect(drawn).toHaveLength(20_480);
  });
});

describe('documents that validate or are held out', () => {
  const prepared = (count: number) => {
    const documents = makeDocuments(count);
    return prepareTraining(
      { documents, modelPath: '', request: { budgetSeconds: 60, seed: 1 } },
      { negatives: false },
    );
  };

  /** Made once, for it takes long: as many as give all the examples that a run has steps for. */
  const many = prepared(1500);

  it('have no passage among those that training compares with', async () => {
    const { examples, validation, passages, trainingPassages, heldOut } = await prepared(60);
    const compared = new Set(passages.slice(0, trainingPassages).map(({ documentId }) => documentId));
    const validating = new Set(passages.slice(trainingPassages).map(({ documentId }) => documentId));
    expect([compared.size, validating.size, heldOut.length]).toEqual([46, 5, 9]);
    for (const { documentId } of heldOut)
      expect(compared.has(documentId) || validating.has(documentId)).toBe(false);
    for (const { group, passage } of examples) {
      expect(compared.has(group)).toBe(true);
      expect(passages[passage!]!.documentId).toBe(group);
    }
    for (const { group, passage } of validation) {
      expect(validating.has(group)).toBe(true);
      expect(compared.has(group)).toBe(false);
      expect(passages[passage!]!.documentId).toBe(group);
    }
  });

  it('leave it to the others to ask about neighbours, as many of each kind', async () => {
    const { examples, neighbourQuestions } = await prepared(60);
    expect(new Set(neighbourQuestions).size).toBe(neighbourQuestions.length);
    expect(neighbourQuestions.length).toBeGreaterThan(400);
    expect(neighbourQuestions.length).toBeLessThan(examples.length);
    expect((await many).neighbourQuestions).toHaveLength(4000);
  });

  it('are few, however large the library', async () => {
    const { validation, passages, trainingPassages } = await many;
    expect(passages.length - trainingPassages).toBe(48);
    expect(validation).toHaveLength(128);
  });
});

describe('a shortened query', () => {
  it('is made of words in a row, some left out', () => {
    const words = text.split(' ');
    for (let round = 0; round < 200; round++) {
      const short = shortenQuery(text, seededRandom(`${round}`)).split(' ');
      expect(short.length).toBeGreaterThanOrEqual(3);
      expect(short.length).toBeLessThanOrEqual(16);
      const places = short.map((word) => words.indexOf(word));
      expect(places).toEqual(places.toSorted((x, y) => x - y));
      expect(places.at(-1)! - places[0]!).toBeLessThan(16);
    }
  });

  it('of few words stays what it is, or nearly', () => {
    for (let round = 0; round < 50; round++) {
      const short = shortenQuery('  two words ', seededRandom(`${round}`));
      expect(short).toBe('two words');
    }
  });
});
