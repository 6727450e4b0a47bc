/** The tool that goes on from a document or one of its passages to others that resemble it in meaning. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeFound, foundDocument, wordsOfFound } from './found-documents.ts';
import { documentInput, namedDocument } from './named-document.ts';
import { toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const similar = z.object({
  library: z.string(),
  /** Why nothing can be compared, where that is so. */
  notices: z.array(z.string()),
  documents: z.array(foundDocument),
  /** Documents that were found and left out, for they would have made the answer too long. */
  leftOut: z.number(),
});

export function addSimilarTool(server: McpServer, { client, library: usual }: ToolContext): void {
  server.registerTool(
    'similar',
    {
      title: 'Find what resembles a document',
      description:
        'Finds documents that resemble one in meaning, or one of its passages. Name the document by documentId or by link, the passage by the passageId that search gives.',
      inputSchema: z.object({
        ...documentInput,
        passageId: z.string().min(1).max(200).optional().describe('A passage of the document'),
        limit: z.number().int().min(1).max(50).default(8).describe('Documents to return'),
        library: libraryInput(usual),
      }),
      outputSchema: similar,
      annotations: readingOnly,
    },
    ({ passageId, limit, ...input }, context) =>
      toolAnswer(async () => {
        const { library, documentId } = namedDocument(input);
        const { groups, notices } = await client.search.similar(
          { library, documentId, limit, ...(passageId === undefined ? {} : { chunkId: passageId }) },
          { signal: context.mcpReq.signal },
        );
        const { documents, leftOut } = describeFound(library, groups);
        const text = [...notices, wordsOfFound(documents) || 'Nothing resembles it.'];
        return { text: text.join('\n\n'), data: { library, notices, documents, leftOut } };
      }),
  );
}
