/** What is marked in a passage is what the question asks for, in whatever spelling it stands there. */
import { expect, test } from 'vitest';
import { QuestionMarker } from '../../../../src-main/search/words/mark-words.ts';
import { weighQuestion } from '../../../../src-main/search/words/weigh-question.ts';
import { analyseQuestion } from '../../../../src-main/words/analyse-question.ts';

/** Every term stands in ten of a thousand passages. */
const source = { passageTotal: 1000, statisticsOf: async () => ({ passages: 10, bestScore: 5 }) };

async function marked(question: string, text: string, language = 'en'): Promise<string[]> {
  const { words } = await weighQuestion(analyseQuestion(question, [language]), source);
  return new QuestionMarker(words).marksIn(text, language).map(({ start, end }) => text.slice(start, end));
}

test.each([
  ['19.2.2024', 'Agreed on Feb 19, 2024 in Bonn.', 'Feb 19, 2024'],
  ['19 February', 'Agreed on Feb 19, 2024 in Bonn.', 'Feb 19, 2024'],
  ['e4711', 'The part E\u20134711 is out of stock.', 'E\u20134711'],
])('“%s” marks the whole of it in “%s”', async (question, text, expected) => {
  expect(await marked(question, text)).toContain(expected);
});

test('words of grammar are not marked', async () => {
  const text = 'When the lease ends, it does so on the last day. When does rent end?';
  expect(await marked('when does the lease end', text)).toEqual(['lease', 'ends', 'end']);
});
