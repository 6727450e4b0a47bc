/** What EBAE and EBAR read: stretches of whole sentences, and what follows each. */
import { expect, it } from 'vitest';
import { readingExamples } from '../../../src-main/adaptation/training/reading-examples.ts';

const sentences = (first: number, count: number) =>
  Array.from(
    { length: count },
    (_, at) => `Sentence number ${first + at} speaks of the old stone house and of the long river beside it.`,
  );
const document = (documentId: string, ...texts: string[]) => ({
  documentId,
  title: 'A house',
  chunks: texts.map((text) => ({ headingPath: ['A house by a river'], text })),
});
const numbersIn = (text: string | null) =>
  [...(text ?? '').matchAll(/number (\d+)/g)].map((match) => Number(match[1]));

it('follows a stretch with what comes next, within a passage and into the next one', () => {
  const [whole] = readingExamples([document('a', sentences(0, 3).join(' '), sentences(3, 9).join(' '))], 1);
  expect(whole).toMatchObject({ group: 'a', negative: null, passage: null });
  expect(numbersIn(whole!.positive)).toEqual([0, 1, 2]);
  // The headings stand before it, as the encoder sees a passage.
  expect(whole!.positive).toMatch(/^A house by a river\. Sentence/);
  expect(numbersIn(whole!.following)).toEqual([3, 4, 5, 6]);
});

it('leaves something to follow in a document of one passage, from its beginning and from within', () => {
  const examples = readingExamples([document('a', sentences(0, 6).join(' '))], 1);
  expect(examples).toHaveLength(12);
  for (const { positive, following } of examples) {
    const read = numbersIn(positive);
    expect(numbersIn(following)[0]).toBe(read.at(-1)! + 1);
  }
  const starts = new Set(examples.map(({ positive }) => numbersIn(positive)[0]));
  expect(starts.size).toBeGreaterThan(2);
});

it('reads a single sentence with nothing after it, and leaves out what says nothing', () => {
  const [only] = readingExamples([document('a', sentences(0, 1)[0]!)], 1);
  expect(only?.following).toBeNull();
  expect(readingExamples([document('a', 'Two words.')], 1)).toEqual([]);
});

it('draws the same for the same seed, and no more than training reads', () => {
  const many = Array.from({ length: 700 }, (_, id) => document(`d${id}`, sentences(id, 4).join(' ')));
  const drawn = readingExamples(many, 3);
  expect(drawn).toEqual(readingExamples(many, 3));
  expect(drawn).not.toEqual(readingExamples(many, 4));
  expect(drawn).toHaveLength(5120);
});
