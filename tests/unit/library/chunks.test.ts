/** Chunks are exact slices of about the target size that end at sentence ends and stay within their section. */
import { describe, expect, it } from 'vitest';
import type { Heading } from '../../../src-main/contract/libraries.ts';
import type { ExtractedDocument } from '../../../src-main/library/extraction/extracted-document.ts';
import type { Chunk } from '../../../src-main/library/passages/chunk.ts';
import { type ChunkOptions, chunkDocument } from '../../../src-main/library/passages/chunk-document.ts';

/** One token a word makes sizes easy to see. */
const countWords = (texts: readonly string[]) =>
  texts.map((text) => text.split(/\s+/).filter(Boolean).length);
const words = (text: string) => countWords([text])[0]!;

const documentOf = (text: string, parts: Partial<ExtractedDocument> = {}): ExtractedDocument => ({
  kind: 'text',
  title: 'Title',
  text,
  pages: [],
  headings: [],
  ...parts,
});

const chunksOf = (document: ExtractedDocument, options?: ChunkOptions): Chunk[] => {
  const chunks = chunkDocument(document, countWords, options);
  let end = 0;
  for (const [ordinal, chunk] of chunks.entries()) {
    expect(chunk.ordinal).toBe(ordinal);
    expect(document.text.slice(chunk.start, chunk.end)).toBe(chunk.text);
    expect(chunk.text).toBe(chunk.text.trim());
    expect(document.text.slice(end, chunk.start).trim(), 'only white space between chunks').toBe('');
    end = chunk.end;
  }
  expect(document.text.slice(end).trim()).toBe('');
  return chunks;
};

/** A seeded generator, so that a failure can be repeated. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};

const sentence = (length: number, next: () => number) =>
  `${Array.from({ length }, () => 'abcdefghij'.slice(0, 1 + Math.floor(next() * 9))).join(' ')}.`.replace(
    /^./,
    (c) => c.toUpperCase(),
  );

const prose = (sentenceCount: number, seed = 1, paragraphEvery = 5) => {
  const next = random(seed);
  return Array.from({ length: sentenceCount }, (_, index) => {
    const glue = index === 0 ? '' : index % paragraphEvery === 0 ? '\n\n' : next() < 0.3 ? '\n' : ' ';
    return glue + sentence(5 + Math.floor(next() * 25), next);
  }).join('');
};

describe('size', () => {
  it('is about the target, never above the limit, without scraps', () => {
    const chunks = chunksOf(documentOf(prose(400)));
    const sizes = chunks.map((chunk) => words(chunk.text));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(280);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(120);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(170);
    expect(mean).toBeLessThan(230);
  });

  it.each([201, 240, 279])('of a text of %i words is one chunk', (count) => {
    const text = Array.from({ length: count / 3 }, () => 'One two three.').join(' ');
    expect(chunksOf(documentOf(text))).toHaveLength(1);
  });

  it('of a text just above the limit is two equal chunks', () => {
    const text = Array.from({ length: 100 }, () => 'One two three.').join(' ');
    expect(chunksOf(documentOf(text)).map((chunk) => words(chunk.text))).toEqual([150, 150]);
  });

  it('stays below the limit even where there are no sentences', () => {
    const text = Array.from({ length: 3000 }, (_, index) => `word${index}`).join(' ');
    const chunks = chunksOf(documentOf(text));
    expect(Math.max(...chunks.map((chunk) => words(chunk.text)))).toBeLessThanOrEqual(280);
    expect(chunks.length).toBeLessThan(20);
  });

  it('cuts a text without any white space, and no character in two', () => {
    const text = '😀'.repeat(2000);
    const chunks = chunkDocument(documentOf(text), (texts) => texts.map((piece) => piece.length / 2));
    expect(chunks.map((chunk) => chunk.text).join('')).toBe(text);
    for (const chunk of chunks) expect(chunk.text.isWellFormed()).toBe(true);
  });
});

describe('sentences', () => {
  const endings = (text: string) =>
    chunksOf(documentOf(text), { targetTokens: 9, maxTokens: 14, minTokens: 0 }).map((chunk) => chunk.text);

  it('end chunks, at abbreviations and initials they do not', () => {
    expect(
      endings(
        'We saw Dr. Miller and J. R. Smith on the pier. They had, e.g. a boat, a net etc. with them all day.',
      ),
    ).toEqual([
      'We saw Dr. Miller and J. R. Smith on the pier.',
      'They had, e.g. a boat, a net etc. with them all day.',
    ]);
  });

  it('go on across the line ends of a text that is set in lines', () => {
    expect(
      endings(
        'The first sentence is long and\ngoes over two lines. The second\none does so as well, you see.',
      ),
    ).toEqual([
      'The first sentence is long and\ngoes over two lines.',
      'The second\none does so as well, you see.',
    ]);
  });

  it('are found in other languages', () => {
    expect(endings('今日はとても良い天気です。明日は雨が降るでしょう。').length).toBe(1);
    expect(
      endings(
        'Das Boot, z. B. das alte, liegt hier im Hafen. Das neue liegt weit draußen vor Anker, heißt es.',
      ),
    ).toEqual([
      'Das Boot, z. B. das alte, liegt hier im Hafen.',
      'Das neue liegt weit draußen vor Anker, heißt es.',
    ]);
  });

  it('are lines in lists, tables and code', () => {
    const list = Array.from({ length: 12 }, (_, index) => `- item ${index} has no full stop`).join('\n');
    for (const chunk of chunksOf(documentOf(list), { targetTokens: 20 })) {
      expect(chunk.text).toMatch(/^- item/);
      expect(chunk.text).toMatch(/stop$/);
    }
  });
});

describe('sections', () => {
  const build = (sections: [level: number, title: string, body: string][]) => {
    let text = '';
    const headings: Heading[] = [];
    for (const [level, title, body] of sections) {
      if (text !== '') text += '\n\n';
      headings.push({ level, title, start: text.length });
      text += body === '' ? title : `${title}\n\n${body}`;
    }
    return documentOf(text, { headings });
  };

  it('are not mixed when they are long enough to stand alone', () => {
    const chunks = chunksOf(
      build([
        [1, 'Boats', prose(12, 1)],
        [1, 'Ships', prose(12, 2)],
      ]),
    );
    for (const chunk of chunks)
      expect(chunk.text.includes('Ships') && chunk.text.includes('Boats')).toBe(false);
    expect(chunks.find((chunk) => chunk.text.startsWith('Ships'))?.headingPath).toEqual(['Title', 'Ships']);
  });

  it('name the headings above them, the title once', () => {
    const chunks = chunksOf(
      build([
        [1, 'Title', ''],
        [2, 'Boats', prose(8, 1)],
        [3, 'Small', prose(8, 2)],
        [2, 'Ships', prose(8, 3)],
      ]),
    );
    expect(chunks.map((chunk) => chunk.headingPath)).toEqual([
      ['Title', 'Boats'],
      ['Title', 'Boats', 'Small'],
      ['Title', 'Ships'],
    ]);
    expect(chunks[0]!.text).toMatch(/^Title\n\nBoats\n\n/);
  });

  it('begin with the few words that stand before the first heading', () => {
    const { text, headings } = build([[1, 'Lease of Unit 4', prose(14, 1)]]);
    const before = 'Lease of Unit 4\n\n';
    const moved = headings.map((heading) => ({ ...heading, start: heading.start + before.length }));
    const chunks = chunksOf(documentOf(before + text, { headings: moved }));
    expect(words(chunks[0]!.text)).toBeGreaterThan(100);
    expect(chunks[0]!.headingPath).toEqual(['Title', 'Lease of Unit 4']);
  });

  it('do not take a long part before the first heading into themselves', () => {
    const { text, headings } = build([[1, 'Boats', prose(14, 1)]]);
    const before = `${prose(14, 2)}\n\n`;
    const moved = headings.map((heading) => ({ ...heading, start: heading.start + before.length }));
    const chunks = chunksOf(documentOf(before + text, { headings: moved }));
    expect(chunks[0]!.headingPath).toEqual(['Title']);
    expect(chunks.find((chunk) => chunk.text.startsWith('Boats'))?.headingPath).toEqual(['Title', 'Boats']);
  });

  it('that are tiny join their neighbour, under the headings they share', () => {
    const chunks = chunksOf(
      build([
        [1, 'Boats', 'Few words.'],
        [2, 'Small', 'Very few.'],
        [2, 'Large', 'No more.'],
      ]),
    );
    expect(chunks).toHaveLength(1);
    expect(chunks[0]!.headingPath).toEqual(['Title', 'Boats']);
  });
});

it('gives the page on which a passage starts', () => {
  const first = prose(20, 1);
  const second = prose(20, 2);
  const text = `${first}\n\n${second}`;
  const start = first.length + 2;
  const pages = [
    { page: 1, start: 0, end: start },
    { page: 2, start, end: text.length },
  ];
  for (const chunk of chunksOf(documentOf(text, { pages }))) {
    expect(chunk.page).toBe(chunk.start < start ? 1 : 2);
  }
  expect(chunksOf(documentOf(text)).every((chunk) => chunk.page === null)).toBe(true);
});

it('counts tokens in one call for each document', () => {
  let calls = 0;
  chunkDocument(documentOf(prose(100)), (texts) => {
    calls++;
    return countWords(texts);
  });
  expect(calls).toBe(1);
});

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'keeps its promises on arbitrary text, seed %i',
  (seed) => {
    const next = random(seed + 1);
    const bits = [
      'word',
      '. ',
      '\n',
      '\n\n',
      ' ',
      '\t',
      '- ',
      '! ',
      '。',
      '  \n \n',
      'Dr. ',
      '😀',
      '|',
      '{',
      'é',
      '\u2028',
      'A. ',
    ];
    const text = Array.from({ length: 2000 }, () => bits[Math.floor(next() * bits.length)]).join('');
    const headings = Array.from({ length: 10 }, () => Math.floor(next() * text.length))
      .sort((a, b) => a - b)
      .map((start) => ({ level: 1 + Math.floor(next() * 3), title: text.slice(start, start + 5), start }));
    chunksOf(documentOf(text, { headings }), { targetTokens: 30 });
  },
);
