/** The sentences of an answer are the same, however the model's pieces fall. */
import { describe, expect, test } from 'vitest';
import { AnswerSplitter } from '../../../src-main/answering/split-answer.ts';

function split(text: string, size: number) {
  const splitter = new AnswerSplitter();
  const done = [];
  for (let at = 0; at < text.length; at += size) done.push(...splitter.add(text.slice(at, at + size)));
  return [...done, ...splitter.finish()].map(({ text, named, opensParagraph }) => [
    text,
    named,
    opensParagraph,
  ]);
}

test.each<[string, string, unknown[]]>([
  [
    'numbers before and behind the full stop',
    'The lease ends in May [1]. Cats are welcome. [2][3] Dogs are not.',
    [
      ['The lease ends in May.', [1], true],
      ['Cats are welcome.', [2, 3], false],
      ['Dogs are not.', [], false],
    ],
  ],
  [
    'lists of numbers, and numbers that repeat',
    'Both say so [1, 2]. So does this [passage 2][2].',
    [
      ['Both say so.', [1, 2], true],
      ['So does this.', [2], false],
    ],
  ],
  [
    'paragraphs',
    'One [1].\n\nTwo [2].',
    [
      ['One.', [1], true],
      ['Two.', [2], true],
    ],
  ],
  [
    'a list',
    '- Milk [1]\n- Eggs [2]\n',
    [
      ['- Milk', [1], true],
      ['- Eggs', [2], true],
    ],
  ],
  [
    'Chinese',
    '租约五月结束【1】。可以养猫。[2]',
    [
      ['租约五月结束。', [1], true],
      ['可以养猫。', [2], false],
    ],
  ],
  ['a year in parentheses', 'It began (2024) and ended [1].', [['It began (2024) and ended.', [1], true]]],
  ['abbreviations', 'Mr. Duarte comes on 6 Oct. [1]', [['Mr. Duarte comes on 6 Oct.', [1], true]]],
  ['nothing', ' \n ', []],
])('%s', (_name, text, expected) => {
  for (const size of [1, 3, 7, 1000]) expect(split(text, size), `pieces of ${size}`).toEqual(expected);
});

describe('what is being written', () => {
  test('shows no number that has only begun', () => {
    const splitter = new AnswerSplitter();
    splitter.add('The lease ends in May [1');
    expect(splitter.writing).toBe('The lease ends in May');
  });
});
