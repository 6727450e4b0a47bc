/** The tool that gives documents tags in the person's name, or takes them away; offered only where the person lets assistants change the library. */
import type { McpServer, RegisteredTool } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { formatDocumentLink } from '../../../common/links/document-link.ts';
import { tagsOf } from '../found-documents.ts';
import { documentInput, namedDocument } from '../named-document.ts';
import { toolAnswer } from '../tool-answer.ts';
import { libraryInput, type ToolContext, writing } from '../tool-context.ts';

const mostTags = 20;

const tagged = z.object({
  documentId: z.string(),
  title: z.string(),
  path: z.string(),
  link: z.string(),
  /** Those of the file and those that were given. */
  tags: z.array(z.string()),
});

const tagList = z.array(z.string().min(1).max(100)).max(mostTags);

export function addTagTool(server: McpServer, { client, library: usual }: ToolContext): RegisteredTool {
  return server.registerTool(
    'tag',
    {
      title: 'Tag a document',
      description:
        'Gives a document tags such as work or tax/2024, or takes tags away that were given. The file is not changed, and tags that it states itself stay. The filter tag finds them at once.',
      inputSchema: z.object({
        ...documentInput,
        add: tagList.default([]),
        remove: tagList.default([]),
        library: libraryInput(usual),
      }),
      outputSchema: tagged,
      annotations: { ...writing, destructiveHint: true },
    },
    ({ add, remove, ...input }, context) =>
      toolAnswer(async () => {
        const { library, documentId } = namedDocument(input);
        const request = { library, documentIds: [documentId], add, remove };
        const [document] = await client.documents.tag(request, { signal: context.mcpReq.signal });
        const { id, title, path } = document!;
        const { tags = [] } = tagsOf(document!);
        const link = formatDocumentLink({ library, documentId: id, page: null });
        return {
          text: `${title} (${path}), tags: ${tags.join(', ') || 'none'}`,
          data: { documentId: id, title, path, link, tags },
        };
      }),
  );
}
