/** The tool that asks a question: passages with the sentence that answers, where they are, and a link to open them. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import { type Hit, type SearchGroup, searchModeSchema, textRangeSchema } from '../../contract/search.ts';
import { filterExample, searchFilterNames } from '../../contract/tables/search-filters.ts';
import { composeFilters, filtersInput } from './compose-filters.ts';
import { longestTextCharacters, toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const longestPassageCharacters = 2_000;
const nothingCertain =
  'Nothing certain: the documents probably do not answer this. What follows is merely the nearest to it.';

const foundPassage = z.object({
  text: z.string(),
  /** The sentence of the passage that answers best. */
  sentence: z.string().nullable(),
  headings: z.array(z.string()),
  page: z.number().nullable(),
  range: textRangeSchema,
  link: z.string(),
});

const foundDocument = z.object({
  documentId: z.string(),
  title: z.string(),
  path: z.string(),
  link: z.string(),
  /** Whether it is likely to answer, and not merely the nearest that there is; null where that is not judged. */
  certain: z.boolean().nullable(),
  /** Why no text was read from a document that has no passages; left out for the others. */
  unread: z.string().optional(),
  passages: z.array(foundPassage),
});

const found = z.object({
  library: z.string(),
  mode: searchModeSchema,
  /** Whether the documents hold an answer; null where that is not judged. */
  confident: z.boolean().nullable(),
  notices: z.array(z.string()),
  documents: z.array(foundDocument),
  /** Documents that were found and left out, for they would have made the answer too long. */
  leftOut: z.number(),
});

export function addSearchTool(server: McpServer, { client, library: usual }: ToolContext): void {
  server.registerTool(
    'search',
    {
      title: 'Search documents',
      description:
        'Finds passages in the person\'s own documents by meaning and by words. The query may hold "exact phrases", ' +
        `-excluded words and filters, such as ${searchFilterNames.map(filterExample).join(', ')}; a - before a filter turns it round; OR joins two neighbours, and parentheses make one condition of what they hold.`,
      inputSchema: z.object({
        query: z.string().min(1).max(9_000),
        filters: filtersInput.optional(),
        limit: z.number().int().min(1).max(50).default(8).describe('Documents to return'),
        passagesPerDocument: z.number().int().min(1).max(10).default(3),
        mode: searchModeSchema.default('hybrid'),
        library: libraryInput(usual),
      }),
      outputSchema: found,
      annotations: readingOnly,
    },
    ({ query, filters, limit, passagesPerDocument, mode, library }, context) =>
      toolAnswer(async () => {
        const response = await client.search.query(
          { library, query: composeFilters(query, filters), limit, mode, passagesPerDocument },
          { signal: context.mcpReq.signal },
        );
        const all = response.groups.map((group) => describeGroup(library, group));
        const documents = all.slice(0, fitting(all));
        const leftOut = all.length - documents.length;
        const { mode: answeredBy, notices, confident = null } = response;
        const data = { library, mode: answeredBy, confident, notices, documents, leftOut };
        const text = [
          ...notices,
          ...(confident === false && documents.length > 0 ? [nothingCertain] : []),
          documents.map(inWords).join('\n\n') || 'Nothing was found.',
          ...(leftOut > 0 ? [`[${leftOut} more documents were found. Narrow the search to see them.]`] : []),
        ];
        return { text: text.join('\n\n'), data };
      }),
  );
}

type FoundDocument = z.infer<typeof foundDocument>;

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
    ...(hits.length > 0 ? {} : { unread: document.reason ?? 'It has not been read yet.' }),
    passages: hits.map((hit) => ({
      text: shortened(hit),
      sentence: hit.sentence && hit.text.slice(hit.sentence.start, hit.sentence.end),
      headings: hit.headingPath,
      page: hit.page,
      range: hit.range,
      link: link(hit.page),
    })),
  };
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

/** How many documents, from the first, stay within the length of one answer; at least one. */
function fitting(documents: readonly FoundDocument[]): number {
  let characters = 0;
  for (const [index, document] of documents.entries()) {
    characters += inWords(document).length;
    if (characters > longestTextCharacters && index > 0) return index;
  }
  return documents.length;
}

function inWords({ documentId, title, path, link, unread, passages }: FoundDocument): string {
  const lines = passages.map((passage) => {
    const place = [
      ...(passage.page === null ? [] : [`page ${passage.page}`]),
      ...(passage.headings.length === 0 ? [] : [passage.headings.join(' › ')]),
      `start: ${passage.range.start}, end: ${passage.range.end}`,
      ...(passage.page === null ? [] : [passage.link]),
    ];
    const answers = passage.sentence === null ? [] : [`Answers best: ${passage.sentence.trim()}`];
    return [`[${place.join(', ')}]`, ...answers, passage.text].join('\n');
  });
  if (unread !== undefined) lines.push(`[No text was read from it. ${unread}]`);
  return [`${title} (${path}) documentId: ${documentId}, ${link}`, ...lines].join('\n');
}
