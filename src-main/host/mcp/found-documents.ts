/** Documents that were found, as tools answer with them: plain data and the same in words, never longer than one answer may be. */
import { z } from 'zod';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { Document } from '../../contract/libraries.ts';
import { type Hit, type SearchGroup, textRangeSchema } from '../../contract/search.ts';
import { longestTextCharacters } from './tool-answer.ts';

const longestPassageCharacters = 2_000;
const mostTags = 20;

const foundPassage = z.object({
  text: z.string(),
  /** The sentence of the passage that answers best. */
  sentence: z.string().nullable(),
  headings: z.array(z.string()),
  page: z.number().nullable(),
  range: textRangeSchema,
  /** Names the passage to the tool "similar". */
  passageId: z.string(),
  link: z.string(),
});

export const foundDocument = z.object({
  documentId: z.string(),
  title: z.string(),
  path: z.string(),
  link: z.string(),
  /** Whether it is likely to answer, and not merely the nearest that there is; null where that is not judged. */
  certain: z.boolean().nullable(),
  /** Those of the file and those that the person gave; left out where there are none. */
  tags: z.array(z.string()).optional(),
  /** Why no text was read from a document that has no passages; left out for the others. */
  unread: z.string().optional(),
  passages: z.array(foundPassage),
});

export type FoundDocument = z.infer<typeof foundDocument>;

/** The documents, from the first, that stay within the length of one answer; at least one. `leftOut` counts the others. */
export function describeFound(
  asked: string,
  groups: readonly SearchGroup[],
): { documents: FoundDocument[]; leftOut: number } {
  const all = groups.map((group) => describeGroup(asked, group));
  const documents = all.slice(0, fitting(all));
  return { documents, leftOut: all.length - documents.length };
}

export const wordsOfFound = (documents: readonly FoundDocument[]): string =>
  documents.map(inWords).join('\n\n');

function describeGroup(
  asked: string,
  { document, hits, certain, library = asked }: SearchGroup,
): FoundDocument {
  const link = (page: number | null) => formatDocumentLink({ library, documentId: document.id, page });
  return {
    documentId: document.id,
    title: document.title,
    path: document.path,
    link: link(null),
    certain: certain ?? null,
    ...tagsOf(document),
    ...(hits.length > 0 ? {} : { unread: document.reason ?? 'It has not been read yet.' }),
    passages: hits.map((hit) => ({
      text: shortened(hit),
      sentence: hit.sentence && hit.text.slice(hit.sentence.start, hit.sentence.end),
      headings: hit.headingPath,
      page: hit.page,
      range: hit.range,
      passageId: hit.chunkId,
      link: link(hit.page),
    })),
  };
}

/** Each once; what a person gave comes first. */
export function tagsOf({ tags = [], facts }: Pick<Document, 'tags' | 'facts'>): { tags?: string[] } {
  const all = [...new Set([...tags, ...(facts?.tags ?? [])])].slice(0, mostTags);
  return all.length > 0 ? { tags: all } : {};
}

/** A long passage is cut around the sentence that answers. */
function shortened({ text, sentence }: Hit): string {
  if (text.length <= longestPassageCharacters) return text;
  const middle = sentence ? (sentence.start + sentence.end) / 2 : 0;
  const start = Math.max(
    0,
    Math.min(Math.floor(middle - longestPassageCharacters / 2), text.length - longestPassageCharacters),
  );
  const end = start + longestPassageCharacters;
  return `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
}

function fitting(documents: readonly FoundDocument[]): number {
  let characters = 0;
  for (const [index, document] of documents.entries()) {
    characters += inWords(document).length;
    if (characters > longestTextCharacters && index > 0) return index;
  }
  return documents.length;
}

function inWords({ documentId, title, path, link, tags, unread, passages }: FoundDocument): string {
  const lines = passages.map((passage) => {
    const place = [
      ...(passage.page === null ? [] : [`page ${passage.page}`]),
      ...(passage.headings.length === 0 ? [] : [passage.headings.join(' › ')]),
      `start: ${passage.range.start}, end: ${passage.range.end}, passageId: ${passage.passageId}`,
      ...(passage.page === null ? [] : [passage.link]),
    ];
    const answers = passage.sentence === null ? [] : [`Answers best: ${passage.sentence.trim()}`];
    return [`[${place.join(', ')}]`, ...answers, passage.text].join('\n');
  });
  if (unread !== undefined) lines.push(`[No text was read from it. ${unread}]`);
  const tagged = tags ? [`Tags: ${tags.join(', ')}`] : [];
  return [`${title} (${path}) documentId: ${documentId}, ${link}`, ...tagged, ...lines].join('\n');
}
