/** What a word of a question is worth to the word index. */
import { expect, test } from 'vitest';
import { type TermSource, weighQuestion } from '../../../../src-main/search/words/weigh-question.ts';
import { analyseQuestion } from '../../../../src-main/words/analyse-question.ts';

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

test.each([
  ['Strom wird teurer, kann ich da raus', 'raus', 'de'],
  ['we want a refund', 'refund', 'en'],
])(
  'in “%s”, the common word “%s” that nothing holds is not taken for another',
  async (text, word, language) => {
    const { words } = await weighQuestion(analyseQuestion(text, [language]), holding('raum'), () => ['raum']);
    expect(words.find((each) => each.text === word)).toMatchObject({ clauses: [], correction: null });
  },
);

test('a word that no list holds is taken for one that the library holds', async () => {
  const asked = analyseQuestion('das Arbeitszimer', ['de']);
  const { words } = await weighQuestion(asked, holding('arbeitszimm'), () => ['arbeitszimmer']);
  expect(words.find(({ text }) => text === 'Arbeitszimer')).toMatchObject({ correction: 'arbeitszimmer' });
});

test('in Chinese, a pair that the dictionary cuts beside a word of grammar hardly counts', async () => {
  const boosts = async (term: string) => {
    const { clauses } = await weighQuestion(analyseQuestion('失眠吃的中药', ['zh']), holding(term));
    return clauses.map(({ boost }) => boost);
  };
  const [word] = await boosts('中药');
  expect((await boosts('的中'))[0]).toBeLessThan(0.2 * word!);
});

/** Only this term stands anywhere. */
function holding(term: string): TermSource {
  return {
    passageTotal: 1000,
    statisticsOf: async (asked) => (asked === term ? { passages: 10, bestScore: 5 } : nowhere),
  };
}
const nowhere = { passages: 0, bestScore: 0 };
