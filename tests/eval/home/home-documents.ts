/** Every document of the household: those that questions are about with their drafts and copies, and those that answer nothing. */
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { fillerDocuments } from './filler/filler-documents.ts';
import { fillerParagraphs } from './filler/filler-text.ts';
import { type Fact, type HomeDocument, type Part, type Topic, textOf } from './home-document.ts';
import { flat } from './topics/flat.ts';
import { gardenKitchen } from './topics/garden-kitchen.ts';
import { health } from './topics/health.ts';
import { chinese } from './topics/languages/chinese.ts';
import { french } from './topics/languages/french.ts';
import { german } from './topics/languages/german.ts';
import { spanish } from './topics/languages/spanish.ts';
import { mailboxes } from './topics/mailboxes.ts';
import { manuals } from './topics/manuals.ts';
import { money } from './topics/money.ts';
import { officeCode } from './topics/office/office-code.ts';
import { officeMail } from './topics/office/office-mail.ts';
import { officeMeetings } from './topics/office/office-meetings.ts';
import { otherFormats } from './topics/other-formats.ts';
import { research } from './topics/research.ts';
import { scans } from './topics/scans.ts';
import { school } from './topics/school.ts';
import { tables } from './topics/tables.ts';
import { travel } from './topics/travel.ts';

const topics: readonly Topic[] = [
  flat,
  money,
  health,
  school,
  travel,
  gardenKitchen,
  manuals,
  officeMeetings,
  officeMail,
  mailboxes,
  officeCode,
  tables,
  research,
  scans,
  german,
  french,
  spanish,
  chinese,
  // Last, so that questions keep their numbers and halves.
  otherFormats,
];

/** A document with what was made of it; `facts` are those of the first, of which a draft may hold some. */
export type DocumentFamily = { documents: readonly HomeDocument[]; facts: readonly Fact[] };

export function documentFamilies(): DocumentFamily[] {
  return topics.flatMap((topic) =>
    topic.documents.map((written) => {
      const document = surround(written, topic);
      const copies = (document.variants ?? []).map(({ file, change }) => changed(document, file, change));
      return { documents: [document, ...copies], facts: factsOf(document) };
    }),
  );
}

export function homeDocuments(): HomeDocument[] {
  return [...documentFamilies().flatMap(({ documents }) => documents), ...fillerDocuments()];
}

/** All that the writer is given as text, front matter and attachments included, one part a line. */
export function sourceText(document: HomeDocument): string {
  const { title = '', author = '', tags = [], body = [], raw = [], sheets = [], mails = [] } = document;
  return [
    title,
    author,
    ...tags,
    ...body.map(textOf),
    ...raw.map(textOf),
    ...sheets.flatMap(({ rows }) => rows.flat().map(textOf)),
    ...mails.flatMap((mail) => [
      mail.subject,
      ...mail.body.map(textOf),
      ...(mail.attachments ?? []).flatMap((attachment) => attachment.body.map(textOf)),
    ]),
  ].join('\n');
}

function factsOf({ about = [], body = [], raw = [], sheets = [], mails = [] }: HomeDocument): Fact[] {
  const parts: readonly (Part | number)[] = [
    ...about,
    ...body,
    ...raw,
    ...sheets.flatMap(({ rows }) => rows.flat()),
    ...mails.flatMap((mail) => [
      ...mail.body,
      ...(mail.attachments ?? []).flatMap((attachment) => attachment.body),
    ]),
  ];
  return parts.filter((part): part is Fact => typeof part === 'object');
}

/** Puts filler before, between and after what the document says, so that the answer is one sentence of many. */
function surround(document: HomeDocument, topic: Topic): HomeDocument {
  const language = document.language ?? topic.language ?? 'en';
  if (!document.body || document.short) return { ...document, language };
  const random = seededRandom(`around ${document.file}`);
  // A page in two columns is one only when it is full.
  const amount =
    document.columns === 2
      ? ({ genre: 'all', paragraphs: 14 } as const)
      : { genre: topic.genre, paragraphs: 3 + random.below(3) };
  const filler = fillerParagraphs(random, { ...amount, language, sentences: 3 });
  const body: Part[] = [];
  for (const part of document.body) {
    const isHeading = typeof part === 'string' && part.startsWith('## ');
    if (!isHeading && body.length > 0 && filler.length > 1 && random.below(2) === 0) body.push(filler.pop()!);
    body.push(part);
  }
  return { ...document, language, body: [...body, ...filler] };
}

function changed(
  document: HomeDocument,
  file: string,
  change: readonly (readonly [from: string, to: string])[],
): HomeDocument {
  const rewrite = (text: string) => change.reduce((now, [from, to]) => now.replaceAll(from, to), text);
  for (const [from] of change) {
    if (!sourceText(document).includes(from))
      throw new Error(`${file}: “${from}” is not in ${document.file}.`);
  }
  return {
    ...document,
    file,
    title: rewrite(document.title ?? ''),
    body: (document.body ?? []).map((part) => rewrite(textOf(part))),
    about: [],
    variants: [],
  };
}
