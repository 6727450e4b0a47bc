/** Programs: where their functions begin in each language, and which words of their names are found. */
import { describe, expect, it } from 'vitest';
import { formatOf } from '../../../../src-main/contract/formats.ts';
import { identifierWords } from '../../../../src-main/library/passages/identifier-words.ts';
import { programLanguage } from '../../../../src-main/library/readers/code/program-languages.ts';
import { formatSamples } from '../../../support/format-samples.ts';
import { readDocument } from '../../../support/read-document.ts';

describe('a program', () => {
  it('is cut where functions begin, with the remarks above them, and keeps its lines', async () => {
    const { text, headings, keywords } = await readDocument('headers.ts', formatSamples.code.bytes());
    expect(text).toBe(new TextDecoder().decode(formatSamples.code.bytes()).trimEnd());
    expect(
      headings.map(({ level, title, start }) => [level, title, text.slice(start).split('\n')[0]]),
    ).toEqual([
      [1, 'parseHTTPHeader', '/** Reads the head. */'],
      [1, 'Kiln', 'class Kiln {'],
      [2, 'heatUp', '  // warm'],
    ]);
    expect(keywords).toEqual(['TypeScript']);
  });

  it.each([
    [
      'a.py',
      '@cached\ndef fire(kiln):\n    pass\n\nclass Kiln:\n    async def heat(self):\n        pass',
      ['fire', 'Kiln', 'heat'],
    ],
    ['a.go', 'type Kiln struct {\n}\n\nfunc (k *Kiln) Heat(n int) error {\n}', ['Kiln', 'Heat']],
    [
      'a.rs',
      'pub(crate) async fn heat() {\n}\nimpl Kiln {\n    fn cool(&self) {}\n}',
      ['heat', 'Kiln', 'cool'],
    ],
    [
      'A.java',
      'public final class Kiln {\n    private List<Shelf> shelvesOf(int n) {\n        return of(n);\n    }\n}',
      ['Kiln', 'shelvesOf'],
    ],
    ['a.c', '#include <x.h>\nstatic int heat_kiln(struct kiln *k)\n{\n    return call(k);\n}', ['heat_kiln']],
    ['a.rb', 'module Studio\n  class Kiln\n    def hot?\n    end\n  end\nend', ['Studio', 'Kiln', 'hot?']],
    ['a.sh', 'heat() {\n  echo hot\n}\n', ['heat']],
    ['a.sql', 'CREATE TABLE IF NOT EXISTS kilns (\n  id int\n);', ['kilns']],
    ['a.js', 'export const heat = async (kiln) => {\n  for (const x of y) {\n  }\n};', ['heat']],
    ['a.hs', 'heat :: Int -> Int\nheat n = n', ['heat']],
    ['a.lua', 'local function heat(n)\nend', ['heat']],
    ['Makefile', 'build: main.o\n\tcc main.o', ['build']],
  ])('%s has its definitions as headings', async (fileName, source, names) => {
    const { headings } = await readDocument(fileName, source);
    expect(headings.map(({ title }) => title)).toEqual(names);
  });

  it('has a language for every ending in the table of formats', () => {
    const { extensions, fileNames = [] } = formatOf('code');
    const unknown = [...extensions.map((extension) => `a.${extension}`), ...fileNames].filter(
      (name) => !programLanguage(name),
    );
    expect(unknown).toEqual([]);
  });
});

describe('words in names', () => {
  it.each([
    ['parseHTTPHeader(x)', ['parse', 'HTTP', 'Header']],
    ['new XMLHttpRequest()', ['XML', 'Http', 'Request']],
    ['the header of parseHeader', ['parse']],
    ['snake_case_name', []],
    ['plain words, McDonald', ['Mc', 'Donald']],
    ['größeÄndern', ['größe', 'Ändern']],
  ])('of %s are %j', (text, words) => {
    expect(identifierWords(text)).toEqual(words);
  });
});
