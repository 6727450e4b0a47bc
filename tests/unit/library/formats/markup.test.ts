/** Light markup, data and subtitles: no markers in the text, values with their names, and files that are not what their names say. */
import { describe, expect, it } from 'vitest';
import { formatSamples } from '../../../support/format-samples.ts';
import { readDocument } from '../../../support/read-document.ts';

const ofSample = (kind: keyof typeof formatSamples) =>
  readDocument(formatSamples[kind].fileName, formatSamples[kind].bytes());

describe('light markup', () => {
  it.each(['org', 'rst', 'asciidoc', 'latex'] as const)(
    'in %s leaves remarks and markers out',
    async (kind) => {
      const { text } = await ofSample(kind);
      expect(text).not.toMatch(/remark|\*|`|==|--|PROPERTIES|not this|\\section/);
    },
  );

  it('states its author, date and tags', async () => {
    expect((await ofSample('org')).facts).toEqual({
      title: 'Glaze notes',
      authors: ['Ann Ames'],
      date: Date.UTC(2024, 4, 17),
      tags: ['kiln', 'glaze'],
    });
    expect((await ofSample('rst')).facts).toMatchObject({
      authors: ['Ann Ames'],
      date: Date.UTC(2024, 4, 17),
    });
    expect((await ofSample('asciidoc')).facts).toMatchObject({
      authors: ['Ann Ames'],
      tags: ['kiln', 'glaze'],
    });
    expect((await ofSample('latex')).facts).toMatchObject({ authors: ['Ann Ames', 'Bert Bee'] });
  });

  it('gives headings of reStructuredText the levels in which they come', async () => {
    const source = '====\nTop\n====\n\nOne\n===\n\na\n\nTwo\n~~~\n\nb\n\nThree\n=====\n\nc';
    const { headings } = await readDocument('a.rst', source);
    expect(headings.map(({ level, title }) => [level, title])).toEqual([
      [1, 'Top'],
      [2, 'One'],
      [3, 'Two'],
      [2, 'Three'],
    ]);
  });

  it('in LaTeX keeps letters with accents and escaped signs', async () => {
    const { text } = await readDocument(
      'a.tex',
      String.raw`Gr\"u\ss e from \c{C}e\c{s}me, \'{e}t\'e, 5\$ \{x\} --- so`,
    );
    expect(text).toBe('Grüße from Çeşme, été, 5$ {x} — so');
  });
});

describe('subtitles', () => {
  it('name who speaks and say nothing twice', async () => {
    const source =
      'WEBVTT\n\nNOTE not this\n\n00:01.000 --> 00:02.000 align:start\n<v Ann>Good morning\n\n00:02.000 --> 00:03.000\n<v Ann>Good morning\n<b>all</b> &amp; sundry\n';
    expect((await readDocument('a.vtt', source)).text).toBe('Ann: Good morning\nall & sundry');
  });
});

describe('data', () => {
  it.each([
    ['a.json', '{"name":"Kiln","parts":{"door":{"hinges":2}},"tags":["a","b"]}'],
    ['a.toml', 'name = "Kiln"\ntags = ["a", "b"]\n[parts.door]\nhinges = 2'],
    ['a.yml', 'name: Kiln\ntags: [a, b]\nparts:\n  door:\n    hinges: 2'],
  ])('in %s is found by value and name', async (fileName, source) => {
    const { text, headings } = await readDocument(fileName, source);
    expect(text).toBe('name: Kiln\ntags: a, b\n\nparts\n\ndoor\n\nhinges: 2');
    expect(headings.map(({ title }) => title)).toEqual(['parts', 'door']);
  });

  it('of one record a line is read record by record', async () => {
    expect((await readDocument('a.jsonl', '{"by":"Ann"}\n{"by":"Bert"}\n')).text).toBe('by: Ann\n\nby: Bert');
  });

  it.each([
    ['a.json', '{ // remark\n "a": words }'],
    ['a.yaml', 'a: [words\nb: }'],
    [
      'a.yaml',
      `a: &a [words, words]\n${Array.from({ length: 9 }, (_, index) => `b${index}: &b${index} [${`*${index === 0 ? 'a' : `b${index - 1}`},`.repeat(9)}]`).join('\n')}`,
    ],
    ['a.json', `${'['.repeat(50_000)}"words"${']'.repeat(50_000)}`],
  ])('that does not parse, or is hostile, is read as text (%s)', async (fileName, source) => {
    expect((await readDocument(fileName, source)).text).toContain('words');
  });
});

describe('a notebook', () => {
  it('is found by its language, which its text does not show', async () => {
    const { text, keywords } = await ofSample('notebook');
    expect(keywords).toEqual(['python']);
    expect(text).not.toContain('python');
  });
});
