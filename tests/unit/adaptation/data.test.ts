import { describe, expect, it } from 'vitest';
import type { AdaptationDocument } from '../../../src-main/adaptation/adaptation-document.ts';
import { addLexicalNegatives } from '../../../src-main/adaptation/pairs/add-lexical-negatives.ts';
import { LexicalIndex } from '../../../src-main/adaptation/pairs/lexical-index.ts';
import {
  PairBuilder,
  splitInHalves,
  withoutHeading,
} from '../../../src-main/adaptation/pairs/pair-builder.ts';
import { pseudoQuestions } from '../../../src-main/adaptation/pairs/pseudo-questions.ts';
import { splitDocuments } from '../../../src-main/adaptation/pairs/split-documents.ts';
import { splitSentences } from '../../../src-main/adaptation/pairs/split-sentences.ts';
import { TellingHeadings } from '../../../src-main/adaptation/pairs/telling-headings.ts';
import { splitForTraining } from '../../../src-main/adaptation/training/prepare-training.ts';

const topics = [
  'harbour pilots',
  'glass furnaces',
  'alpine meadows',
  'railway signals',
  'bread ovens',
  'river dams',
];

function document(id: number): AdaptationDocument {
  const topic = topics[id % topics.length] as string;
  const chunk = (part: number) => ({
    headingPath: [`Report ${id} on ${topic}`, `Part ${part} of the work`],
    text:
      `The ${topic} of town ${id} were counted in spring number ${part}. Nobody had asked for such a count before then. ` +
      `Old records about ${topic} turned out to be wrong in section ${part}. They were copied by hand at night.`,
  });
  return { documentId: `d${id}`, title: `Report ${id} on ${topic}`, chunks: [chunk(1), chunk(2), chunk(3)] };
}

const documents = Array.from({ length: 40 }, (_, id) => document(id));

describe('held-out documents', () => {
  it('sets whole documents aside, the same ones for the same seed', () => {
    const first = splitDocuments(documents, 7);
    expect(first.heldOut).toHaveLength(6);
    expect(first.training).toHaveLength(34);
    expect(splitDocuments(documents, 7)).toEqual(first);
    expect(splitDocuments(documents, 8).heldOut).not.toEqual(first.heldOut);
  });

  it('keeps copies of one text on one side', () => {
    const copies = documents.map((original) => ({
      ...original,
      documentId: `copy of ${original.documentId}`,
    }));
    const { training, heldOut } = splitDocuments([...documents, ...copies], 3);
    const textOf = (entry: AdaptationDocument) => entry.chunks[0]?.text;
    const trained = new Set(training.map(textOf));
    expect(heldOut.length).toBeGreaterThan(0);
    expect(heldOut.filter((entry) => trained.has(textOf(entry)))).toEqual([]);
  });
});

describe('a library too large to train on whole', () => {
  const passage = (id: number, at: number) => ({ headingPath: [], text: `Passage ${at} of ${id}.` });
  const long = (id: number): AdaptationDocument => ({
    documentId: `long${id}`,
    title: '',
    chunks: Array.from({ length: 9000 }, (_, at) => passage(id, at)),
  });

  it('gives a part of every long document, so that none crowds out the others', () => {
    const all = [...documents, ...Array.from({ length: 5 }, (_, id) => long(id))];
    for (const seed of [1, 2, 3, 4]) {
      const { training, validation, heldOut } = splitForTraining(all, seed);
      const ids = new Set([...training, ...validation, ...heldOut].map(({ documentId }) => documentId));
      expect(ids.size).toBe(all.length);
      const passages = [...training, ...validation].reduce((sum, { chunks }) => sum + chunks.length, 0);
      expect(passages).toBeLessThanOrEqual(8192);
    }
  });

  it('is trained on up to the limit', () => {
    const { training, validation } = splitForTraining(
      Array.from({ length: 20 }, (_, id) => long(id)),
      1,
    );
    const passages = [...training, ...validation].reduce((sum, { chunks }) => sum + chunks.length, 0);
    expect(passages).toBe(8192);
  });
});

describe('training pairs', () => {
  const pairs = new PairBuilder(documents).build({ seed: 1 });

  it('come in every kind that the documents give', () => {
    const counts = Object.groupBy(pairs, (pair) => pair.kind);
    expect(counts.heading).toHaveLength(120);
    expect(counts.next).toHaveLength(80);
    expect(counts.sentence).toHaveLength(120);
    expect(counts.excerpt).toHaveLength(120);
    expect(counts.halves).toHaveLength(120);
  });

  it('do not contain the words that they ask for, excerpts and keywords excepted', () => {
    for (const { kind, query, positive } of pairs)
      if (kind !== 'excerpt' && kind !== 'keywords') expect(positive).not.toContain(query);
  });

  it('name what follows the positive, for EBAR', () => {
    const next = pairs.find((pair) => pair.kind === 'next' && pair.group === 'd4');
    expect(next?.query).toBe(documents[4]?.chunks[0]?.text);
    expect(next?.positive).toContain(documents[4]?.chunks[1]?.text);
    expect(next?.following).toBe(documents[4]?.chunks[2]?.text);
  });

  it('leave out passages too short to mean anything', () => {
    const stub = {
      documentId: 's',
      title: 'A stub of a page',
      chunks: [{ headingPath: [], text: 'Nothing here yet.' }],
    };
    expect(new PairBuilder([stub]).build({ seed: 1 })).toEqual([]);
  });

  it('take negatives from other documents that share words', async () => {
    const mined = await addLexicalNegatives(pairs.slice(0, 40), documents, { seed: 1 });
    const textsById = new Map(
      documents.map((entry) => [entry.documentId, entry.chunks.map((chunk) => chunk.text)]),
    );
    expect(mined.filter((pair) => pair.negative !== null).length).toBeGreaterThan(30);
    for (const pair of mined) {
      if (pair.negative) expect(textsById.get(pair.group)).not.toContain(pair.negative);
    }
  });

  it('stop when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(addLexicalNegatives(pairs, documents, { seed: 1, signal })).rejects.toThrow('enough');
  });
});

describe('text surgery', () => {
  it.each([
    ['Storms at sea. They come at night.', 'Storms at sea', 'They come at night.'],
    ['They come at night.', 'Storms at sea', 'They come at night.'],
    ['STORMS AT SEA\nThey come.', 'Storms at Sea', 'They come.'],
  ])('takes the heading off %j', (text, heading, expected) => {
    expect(withoutHeading(text, heading)).toBe(expected);
  });

  it('cuts at the sentence nearest the middle', () => {
    const first = 'one two three four five six seven eight nine ten eleven twelve thirteen.';
    const second = 'Again one two three four five six seven eight nine ten eleven twelve.';
    expect(splitInHalves(`${first} ${second}`)).toEqual([first, second]);
    expect(splitInHalves(first)).toBeNull();
  });

  it('cuts between words where a text is one long sentence', () => {
    const words = Array.from({ length: 60 }, (_, i) => `word${i}`).join(' ');
    const halves = splitInHalves(words);
    expect(halves?.join(' ')).toBe(words);
  });
});

describe('sentences', () => {
  it.each([
    ['One ends here. Two starts there.', ['One ends here.', 'Two starts there.']],
    [
      'flow was measured . results agree with theory .',
      ['flow was measured .', 'results agree with theory .'],
    ],
    ['See Fig. 3 for e.g. the rest', ['See Fig. 3 for e.g. the rest']],
  ])('of %j', (text, expected) => {
    const sentences = splitSentences(text);
    expect(sentences.map((sentence) => sentence.text)).toEqual(expected);
    for (const { text: part, start, end } of sentences) expect(text.slice(start, end).trim()).toBe(part);
  });
});

describe('lexical index', () => {
  it('puts the passage with the rare shared word first', () => {
    const index = new LexicalIndex(['the cat sat', 'the dog sat', 'the zebra sat', 'a dog and a cat']);
    expect(index.search('zebra sat', 2).map((hit) => hit.index)).toEqual([2, 0]);
    expect(index.search('absent', 5)).toEqual([]);
  });
});

describe('telling headings', () => {
  const [first, second] = [document(0), document(1)];
  const headings = new TellingHeadings(documents);

  it('lead a heading that documents share by the title', () => {
    expect(headings.of(first, first.chunks[0]!)).toBe('Report 0 on harbour pilots Part 1 of the work');
  });

  it('are none where documents share the title as well', () => {
    const twins = [first, { ...second, title: first.title, chunks: first.chunks }];
    expect(new TellingHeadings(twins).of(first, first.chunks[0]!)).toBeNull();
  });
});

describe('pseudo-questions', () => {
  /** Each with a number and a word that no other has. */
  const told = documents.map((report, id) => {
    const name = `Mr ${[...`${100 + id}`].map((digit) => 'aeiouklmnp'[Number(digit)]).join('')}berg`;
    const chunks = report.chunks.map((chunk) => ({
      ...chunk,
      text: `${chunk.text} Receipt AB-${4000 + id}/7 is kept by ${name}.`,
    }));
    return { ...report, chunks };
  });
  const questions = pseudoQuestions(told, told, { seed: 1, limit: 150 });

  it('are of all kinds, from all documents in turn, and repeatable', () => {
    const counts = Object.entries(Object.groupBy(questions, (question) => question.kind));
    const sizes = Object.fromEntries(counts.map(([kind, list]) => [kind, list.length]));
    expect(sizes).toEqual({ heading: 40, excerpt: 40, sentence: 40, name: 10, identifier: 10, word: 10 });
    expect(new Set(questions.map(({ documentId }) => documentId)).size).toBe(told.length);
    expect(pseudoQuestions(told, told, { seed: 1, limit: 150 })).toEqual(questions);
  });

  it('of a heading or a sentence are not answered by their own words; all others leave their passage as it is', () => {
    for (const { kind, question, rest } of questions) {
      if (kind === 'heading' || kind === 'sentence') expect(rest).not.toContain(question);
      else expect(rest).toBeNull();
    }
  });

  it('of a name, a number or a word are answered by one document alone', () => {
    const texts = told.map(({ title, chunks }) => [title, ...chunks.map(({ text }) => text)].join(' '));
    const short = questions.filter(({ kind }) => kind === 'identifier' || kind === 'word');
    expect(short).toHaveLength(20);
    for (const { question, documentId, chunk } of short) {
      const holders = told.filter((_, index) => texts[index]!.toLowerCase().includes(question.toLowerCase()));
      expect(holders.map((document) => document.documentId)).toEqual([documentId]);
      expect(holders[0]!.chunks[chunk]!.text).toContain(question);
    }
    for (const { question, documentId } of questions.filter(({ kind }) => kind === 'name'))
      expect(told.find((document) => document.documentId === documentId)!.title).toBe(question);
  });

  it('share a cluster within a short document, and have several in a long one', () => {
    const chunks = Array.from({ length: 20 }, (_, at) => documents[at]!.chunks[0]!);
    const long = { documentId: 'long', title: 'A long one', chunks };
    const clustered = pseudoQuestions([long], [long], { seed: 1, limit: 200 });
    expect(new Set(clustered.map(({ cluster }) => cluster))).toEqual(new Set(['long 0', 'long 1', 'long 2']));
  });
});
