/** The tool that asks a question: passages with the sentence that answers, where they are, and a link to open them. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { searchModeSchema } from '../../contract/search.ts';
import { filterExample, searchFilterNames } from '../../contract/tables/search-filters.ts';
import { composeFilters, filtersInput } from './compose-filters.ts';
import { describeFound, foundDocument, wordsOfFound } from './found-documents.ts';
import { toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const nothingCertain =
  'Nothing certain: the documents probably do not answer this. What follows is merely the nearest to it.';

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
        const { documents, leftOut } = describeFound(library, response.groups);
        const { mode: answeredBy, notices, confident = null } = response;
        const data = { library, mode: answeredBy, confident, notices, documents, leftOut };
        const text = [
          ...notices,
          ...(confident === false && documents.length > 0 ? [nothingCertain] : []),
          wordsOfFound(documents) || 'Nothing was found.',
          ...(leftOut > 0 ? [`[${leftOut} more documents were found. Narrow the search to see them.]`] : []),
        ];
        return { text: text.join('\n\n'), data };
      }),
  );
}
