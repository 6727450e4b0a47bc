/**
 * Cuts a document into passages of about 200 tokens that end where sentences end and stay within their section. A
 * passage's text is always the exact slice of the document's text.
 */
import type { Heading, PageSpan } from '../../contract/libraries.ts';
import type { ExtractedDocument } from '../extraction/extracted-document.ts';
import type { Chunk } from './chunk.ts';
import { extraWords } from './extra-words.ts';
import { packSpans } from './pack-spans.ts';
import { type Section, sectionsOf } from './sections.ts';
import { sentenceSpans, type TextSpan, type WeighedSpan } from './sentence-spans.ts';
import { splitLongSpan } from './split-long-span.ts';

export type ChunkOptions = {
  targetTokens?: number;
  /** No passage is longer, by the counts of its sentences. */
  maxTokens?: number;
  /** A section shorter than this joins its neighbour. */
  minTokens?: number;
};

/** The sentences of a document, in order: how many tokens each has decides where it is cut. */
export type Sentences = { texts: string[]; sections: readonly { section: Section; spans: TextSpan[] }[] };

export const sentencesOf = (document: ExtractedDocument): Sentences => {
  const { text } = document;
  const sections = sectionsOf(document).map((section) => ({
    section,
    spans: sentenceSpans(text, section.start, section.end),
  }));
  const texts = sections.flatMap(({ spans }) => spans.map((span) => text.slice(span.start, span.end)));
  return { texts, sections };
};

/**
 * `countTokens` is called once, with all sentences of the document, and gives one count each. Chunks come in the order
 * of the text and do not overlap; only white space lies between them.
 */
export const chunkDocument = (
  document: ExtractedDocument,
  countTokens: (texts: readonly string[]) => number[],
  options: ChunkOptions = {},
): Chunk[] => {
  const sentences = sentencesOf(document);
  return chunksOf(document, sentences, countTokens(sentences.texts), options);
};

/** `sentences` are those of the document, `counts` their tokens. */
export const chunksOf = (
  document: ExtractedDocument,
  sentences: Sentences,
  counts: readonly number[],
  options: ChunkOptions = {},
): Chunk[] => {
  const targetTokens = options.targetTokens ?? 200;
  const limits = {
    targetTokens,
    maxTokens: options.maxTokens ?? Math.round(targetTokens * 1.4),
    minTokens: options.minTokens ?? Math.round(targetTokens * 0.25),
  };
  const { text } = document;
  let next = 0;
  const weighed = sentences.sections.map(({ section, spans }) => ({
    section,
    spans: spans.flatMap((span) =>
      splitLongSpan(text, { ...span, tokens: counts[next++] ?? 0 }, limits.maxTokens),
    ),
  }));
  const pageAt = pageFinder(document.pages);
  return joinSmallSections(weighed, limits)
    .flatMap((group) =>
      packSpans(group.spans, limits).map((packed) => ({ ...packed, headingPath: group.headingPath })),
    )
    .map(({ start, end, headingPath }, ordinal) => {
      const passage = text.slice(start, end);
      const words = extraWords(document, ordinal, passage);
      return {
        ordinal,
        text: passage,
        headingPath: headingPathOf(document.title, headingPath),
        page: pageAt(start),
        start,
        end,
        ...(words === '' ? {} : { extraWords: words }),
      };
    });
};

type WeighedSection = { section: Section; spans: WeighedSpan[] };
type Group = { spans: WeighedSpan[]; headingPath: readonly Heading[]; topIndex: number; tokens: number };

/** Neighbouring small sections share a passage; a top heading parts them unless one side is tiny. */
const joinSmallSections = (
  sections: readonly WeighedSection[],
  limits: { targetTokens: number; minTokens: number },
): Group[] => {
  const groups: Group[] = [];
  for (const { section, spans } of sections) {
    if (spans.length === 0) continue;
    const tokens = spans.reduce((sum, span) => sum + span.tokens, 0);
    const group: Group = { spans, headingPath: section.path, topIndex: section.topIndex, tokens };
    const last = groups.at(-1);
    if (!last || !mayJoin(last, group, limits)) {
      groups.push(group);
      continue;
    }
    last.headingPath =
      isHeadingOnly(last) || isPreamble(last)
        ? group.headingPath
        : commonPath(last.headingPath, group.headingPath);
    last.spans.push(...spans);
    last.tokens += tokens;
    last.topIndex = group.topIndex;
  }
  return groups;
};

const mayJoin = (a: Group, b: Group, limits: { targetTokens: number; minTokens: number }): boolean => {
  // A few words before the first heading, such as a running head, are no passage: with hardly a word besides a title's, they would stand above what answers.
  if (isHeadingOnly(a) || (isPreamble(a) && a.tokens < limits.minTokens)) return true;
  const tiny = Math.min(a.tokens, b.tokens) < limits.minTokens;
  if (a.topIndex !== b.topIndex) return tiny && a.tokens + b.tokens <= limits.targetTokens * 0.6;
  return a.tokens + b.tokens <= limits.targetTokens * 1.1 || (tiny && b.tokens < limits.minTokens);
};

/** A heading followed at once by a heading below it belongs to what comes next. */
const isHeadingOnly = (group: Group): boolean => {
  const last = group.headingPath.at(-1);
  return (
    last !== undefined &&
    group.spans.every((span) => span.start >= last.start && span.end <= last.start + last.title.length + 8)
  );
};

/** What stands before the first heading; parts under several headings, which share none, have passed one. */
const isPreamble = (group: Group): boolean => group.topIndex === 0 && group.headingPath.length === 0;

const commonPath = (a: readonly Heading[], b: readonly Heading[]): Heading[] => {
  const common: Heading[] = [];
  for (const [index, heading] of a.entries()) {
    if (b[index] !== heading) break;
    common.push(heading);
  }
  return common;
};

const headingPathOf = (title: string, path: readonly Heading[]): string[] => {
  const titles = path.map((heading) => heading.title);
  return titles[0] === title ? titles : [title, ...titles];
};

const pageFinder = (pages: readonly PageSpan[]): ((offset: number) => number | null) => {
  let index = 0;
  return (offset) => {
    while (index < pages.length - 1 && offset >= pages[index]!.end) index++;
    return pages[index]?.page ?? null;
  };
};
