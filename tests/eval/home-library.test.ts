/** The made-up household keeps its promises: the same twice, large and various enough, and its questions are what they say they are. */
import { createHash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { documentKinds } from '../../src-main/contract/formats.ts';
import { kindByName } from '../../src-main/library/extraction/document-kind.ts';
import { contentWords } from './home/content-words.ts';
import type { HomeDocument, QuestionKind } from './home/home-document.ts';
import { homeDocuments, sourceText } from './home/home-documents.ts';
import { type HomeQuestion, homeQuestions } from './home/home-questions.ts';
import { unanswerable } from './home/topics/unanswerable.ts';
import { type HomeFile, homeFiles } from './home/write-home.ts';

const documents = homeDocuments();
const questions = homeQuestions();
const ofKind = (...kinds: QuestionKind[]) => questions.filter(({ kind }) => kinds.includes(kind));
const endingOf = (path: string) => path.split('.').at(-1)!;

async function collected(): Promise<HomeFile[]> {
  const all: HomeFile[] = [];
  for await (const file of homeFiles()) all.push(file);
  return all;
}

let files: HomeFile[];
beforeAll(async () => {
  files = await collected();
});

describe('documents', () => {
  test('the same bytes twice', async () => {
    const hash = (all: readonly HomeFile[]) =>
      all
        .reduce(
          (sum, { path, date, bytes }) => sum.update(`${path} ${date} `).update(bytes),
          createHash('sha256'),
        )
        .digest('hex');
    expect(hash(await collected())).toBe(hash(files));
  });

  test('at least 700, each under its own name, in every format', () => {
    expect(documents.length).toBeGreaterThanOrEqual(700);
    expect(new Set(documents.map(({ file }) => file.toLowerCase())).size).toBe(documents.length);
    const counts = Map.groupBy(documents, ({ file }) => endingOf(file));
    const formats =
      'pdf docx odt pptx odp epub html md txt eml mbox msg csv xlsx ods rtf ics vcf srt json yaml xml ts py java c sh log ipynb tex org rst adoc png';
    const few = formats.split(' ').filter((ending) => (counts.get(ending)?.length ?? 0) < 3);
    expect(few).toEqual([]);
    const kinds = new Set(documents.map(({ file }) => kindByName(file)));
    expect(documentKinds.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  test('newsletters in two columns, scans, threads, attachments, drafts and copies', () => {
    const count = (is: (document: HomeDocument) => boolean) => documents.filter(is).length;
    expect(count(({ columns }) => columns === 2)).toBeGreaterThanOrEqual(20);
    expect(count(({ scanned }) => scanned === true)).toBeGreaterThanOrEqual(10);
    expect(
      count(({ mails = [] }) => mails.some(({ references = [] }) => references.length > 0)),
    ).toBeGreaterThan(40);
    expect(
      count(({ mails = [] }) => mails.some(({ attachments = [] }) => attachments.length > 0)),
    ).toBeGreaterThanOrEqual(4);
    expect(documents.flatMap(({ variants = [] }) => variants).length).toBeGreaterThanOrEqual(15);
    expect(new Set(documents.map(({ date }) => date.slice(0, 4))).size).toBeGreaterThanOrEqual(9);
  });
});

describe('questions', () => {
  test('as many of each kind as promised, half of each shown and half aside', () => {
    expect(questions.length - ofKind('unanswerable').length).toBeGreaterThanOrEqual(240);
    expect(ofKind('unanswerable').length).toBeGreaterThanOrEqual(40);
    expect(ofKind('paraphrase').length).toBeGreaterThanOrEqual(40);
    expect(ofKind('cell', 'attachment', 'scan', 'tag', 'code', 'mailbox').length).toBeGreaterThanOrEqual(60);
    for (const [kind, each] of Map.groupBy(questions, ({ kind }) => kind)) {
      expect(each.length, kind).toBeGreaterThanOrEqual(9);
      const shown = each.filter(({ half }) => half === 'shown').length;
      expect(shown - (each.length - shown), kind).toBeOneOf([0, 1]);
    }
    expect(new Set(questions.map(({ language }) => language)).size).toBe(5);
    expect(new Set(questions.map(({ query }) => query.toLowerCase())).size).toBe(questions.length);
  });

  test('each sentence stands in the files that are said to answer and in no other', () => {
    const texts = documents.map((document) => ({ file: document.file, text: sourceText(document) }));
    const wrong = questions
      .filter(({ sentence }) => sentence !== null)
      .map(({ id, sentence, relevant }) => ({
        id,
        relevant,
        holding: texts.filter(({ text }) => text.includes(sentence!)).map(({ file }) => file),
      }))
      .filter(({ relevant, holding }) => relevant.length === 0 || relevant.join() !== holding.join());
    expect(wrong).toEqual([]);
  });

  test('each sentence is in the bytes of the files that are text, or packed XML', () => {
    const textByPath = new Map(files.map((file) => [file.path, readableText(file)]));
    const missing = questions.filter(({ sentence, relevant }) =>
      relevant.some((path) => {
        const text = textByPath.get(path);
        return text !== undefined && text !== null && !text.includes(sentence!);
      }),
    );
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  test('a paraphrase shares no content word with its sentence', () => {
    const shared = ofKind('paraphrase').flatMap(({ query, sentence }) => {
      const words = new Set(contentWords(sentence!));
      const both = contentWords(query).filter((word) => words.has(word));
      return both.length > 0 ? [`${both}: ${query} | ${sentence}`] : [];
    });
    expect(shared).toEqual([]);
  });

  test('other kinds are what their names say', () => {
    const sharing = ({ query, sentence }: HomeQuestion) =>
      contentWords(query).some((word) => contentWords(sentence!).includes(word));
    expect(ofKind('words').filter((question) => !sharing(question))).toEqual([]);
    expect(ofKind('one-word').filter(({ query }) => /\s/.test(query))).toEqual([]);
    expect(ofKind('identifier', 'date').filter(({ query }) => !/\d/.test(query))).toEqual([]);
  });

  test('nothing answers what nothing shall answer', () => {
    const texts = documents.map((document) => `${document.file}\n${sourceText(document)}`.toLowerCase());
    const answered = unanswerable.filter(({ absent }) =>
      texts.some((text) => text.includes(absent.toLowerCase())),
    );
    expect(answered).toEqual([]);
    expect(
      ofKind('unanswerable').filter(({ sentence, relevant }) => sentence !== null || relevant.length > 0),
    ).toEqual([]);
  });
});

/** Null where only a reader of the format gets at the text. */
function readableText({ path, bytes }: HomeFile): string | null {
  const ending = endingOf(path);
  if (['pdf', 'png', 'eml', 'mbox', 'msg', 'rtf', 'tex'].includes(ending)) return null;
  if (!['docx', 'odt', 'ods', 'odp', 'pptx', 'xlsx', 'epub'].includes(ending))
    return unescaped(Buffer.from(bytes).toString());
  return unescaped(
    Object.values(unzipSync(bytes))
      .map((part) => Buffer.from(part).toString())
      .join('\n'),
  );
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
