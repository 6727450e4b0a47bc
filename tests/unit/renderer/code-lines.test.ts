/** Colours and marks of a program cut its lines and change no character. */
import { expect, it } from 'vitest';
import { codeLines, lineAt, lineStarts } from '../../../src-renderer/document/code/code-lines.ts';
import { tokensOf } from '../../../src-renderer/document/code/code-tokens.ts';

const program = `// Keeps <warm> & "dry"
export function boil(water: string): number {
  const pot = \`of water
and salt\`;
  return pot.length;
}
`;

/** As highlight.js answers. */
const coloured =
  '<span class="hljs-comment">// Keeps &lt;warm&gt; &amp; &quot;dry&quot;</span>\n' +
  '<span class="hljs-keyword">export</span> <span class="hljs-keyword">function</span> <span class="hljs-title function_">boil</span>' +
  '(<span class="hljs-params">water: <span class="hljs-built_in">string</span></span>): <span class="hljs-built_in">number</span> {\n' +
  '  <span class="hljs-keyword">const</span> pot = <span class="hljs-string">`of water\nand salt`</span>;\n' +
  '  <span class="hljs-keyword">return</span> pot.<span class="hljs-property">length</span>;\n}\n';
const tokens = tokensOf(coloured);

it('says every character again', () => {
  const starts = lineStarts(program);
  const lines = codeLines(program, starts, { first: 0, end: starts.length }, tokens, null);
  expect(lines.map((pieces) => pieces.map(({ text }) => text).join('')).join('\n')).toBe(program);
});

it('tells what words are, over line breaks and signs that HTML has words for', () => {
  const words = (scope: string) =>
    tokens.filter((token) => token.scope === scope).map(({ start, end }) => program.slice(start, end));
  expect(words('comment')).toEqual(['// Keeps <warm> & "dry"']);
  expect(words('keyword')).toEqual(['export', 'function', 'const', 'return']);
  expect(words('string')).toEqual(['`of water\nand salt`']);
  expect(words('title')).toEqual(['boil']);
});

it('marks passage, sentence and words in the lines that hold them', () => {
  const text = 'let a = 1;\nlet kettle = 2;\nlet c = 3;\n';
  const range = { start: text.indexOf('let kettle'), end: text.length };
  const passage = { range, sentence: 'let kettle = 2;', matchedWords: ['kettle'] };
  const starts = lineStarts(text);
  const lines = codeLines(
    text,
    starts,
    { first: 0, end: 3 },
    tokensOf('<span class="hljs-keyword">let</span>'),
    passage,
  );
  expect(lines[0]).toEqual([
    { text: 'let', scope: 'keyword', place: 'outside', marked: false },
    { text: ' a = 1;', scope: null, place: 'outside', marked: false },
  ]);
  expect(lines[1]!.map(({ text: words, place, marked }) => [words, place, marked])).toEqual([
    ['let ', 'sentence', false],
    ['kettle', 'sentence', true],
    [' = 2;', 'sentence', false],
  ]);
  expect(lines[2]!.map(({ place }) => place)).toEqual(['passage']);
  expect(lineAt(starts, range.start)).toBe(1);
});
