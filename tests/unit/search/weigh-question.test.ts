/** What a word of a question is worth to the word index. */
import { expect, test } from 'vitest';
import { type TermSource, weighQuestion } from '../../../src-main/search/words/weigh-question.ts';
import { analyseQuestion } from '../../../src-main/words/analyse-question.ts';

/** Every term stands in ten of a thousand passages. */
const source: TermSource = {
  passageTotal: 1000,
  statisticsOf: async () => ({ passages: 10, bestScore: 5 }),
};

async function boostOf(question: string, term: string): Promise<number | undefined> {
  const { clauses } = await weighQuestion(analyseQuestion(question, ['en']), source);
  return clauses.find((clause) => clause.term === term)?.boost;
}

test('a code that is written with its marks counts in full, one that is put together from words by half', async () => {
  const whole = await boostOf('error e18', 'e18');
  expect(whole).toBeGreaterThan(0);
  expect(await boostOf('error e-18', 'e18')).toBeCloseTo(whole!);
  expect(await boostOf('error e 18', 'e18')).toBeCloseTo(whole! / 2);
});
