import { expect, test } from 'vitest';
import { splitText } from '../../../src-main/words/split-text.ts';

const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
/** All ASCII characters, each beside each. */
const pairs = ascii.flatMap((first) => ascii.map((second) => first + second)).join('');

test.each(['', 'a', ' a', 'a ', 'Two words', 'E-4711, $5.00', '@[`{/:', pairs])(
  'ASCII is cut at what is neither letter nor digit: “%.20s”',
  (text) => {
    const expected = [...text.matchAll(/[A-Za-z0-9]+/g)].map((match) => ({
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
      script: 'spaced',
    }));
    expect(splitText(text)).toEqual(expected);
  },
);

test('what is cut from ASCII is cut from other text alike', () => {
  const words = (text: string) => splitText(text).map((piece) => piece.text);
  expect(words(`${pairs} é`)).toEqual([...words(pairs), 'é']);
});
