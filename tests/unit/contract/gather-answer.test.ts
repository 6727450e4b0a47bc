/** An answer is gathered from its events: what is written gives way to the sentence, and what no sentence rests on is left out. */
import { expect, it } from 'vitest';
import type { AnswerEvent, AnswerPassage } from '../../../src-main/contract/answers/answers.ts';
import {
  nothingGathered,
  usedPassages,
  withEvent,
} from '../../../src-main/contract/answers/gather-answer.ts';

const passage = (number: number): AnswerPassage => ({
  ...{ number, library: 'default', documentId: `d${number}`, title: `Title ${number}`, path: '/a.txt' },
  ...{ page: null, headingPath: [], text: 'The rent is due.', range: { start: 0, end: 16 } },
});
const sentence = (text: string, passages: number[]) =>
  ({ type: 'sentence', sentence: { text, passages, isSupported: true, opensParagraph: false } }) as const;

it('gathers what a stream of events tells', () => {
  const events: AnswerEvent[] = [
    { type: 'passages', passages: [passage(1), passage(2), passage(3)], notices: ['By words only.'] },
    { type: 'writing', text: 'The rent' },
    sentence('The rent is due.', [3]),
    { type: 'writing', text: 'On' },
  ];
  const half = events.reduce(withEvent, nothingGathered);
  expect(half).toMatchObject({ writing: 'On', outcome: null, notices: ['By words only.'] });
  const whole = [
    sentence('On the first.', [1, 3]),
    { type: 'end', outcome: 'answered', model: 'tiny', seconds: 1 } as const,
  ].reduce<typeof half>(withEvent, half);
  expect(whole).toMatchObject({ writing: '', outcome: 'answered', model: 'tiny' });
  expect(whole.sentences.map(({ text }) => text)).toEqual(['The rent is due.', 'On the first.']);
  expect(usedPassages(whole).map(({ number }) => number)).toEqual([1, 3]);
});
