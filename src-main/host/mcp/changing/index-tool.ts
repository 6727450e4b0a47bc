/**
 * The tool that has the library's folders looked through for changes, or what lies in one of them read anew; offered only where the person lets
 * assistants change the library. It adds no folder: what is outside of those that are there stays outside.
 */
import type { McpServer, RegisteredTool } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { AppError } from '../../../common/app-error.ts';
import { pathBelow } from '../../../common/paths/path-below.ts';
import { toolAnswer } from '../tool-answer.ts';
import { libraryInput, type ToolContext, writing } from '../tool-context.ts';

const documentsAtOnce = 1000;

const begun = z.object({
  library: z.string(),
  jobId: z.string(),
  /** Documents that are read anew although they have not changed. */
  again: z.number(),
});

export function addIndexTool(server: McpServer, { client, library: usual }: ToolContext): RegisteredTool {
  return server.registerTool(
    'index',
    {
      title: 'Read folders again',
      description:
        'Looks through the folders of a library for new, changed and removed files. With folder, also reads anew what is in that folder, changed or not; it must be one of the library or lie in one. It cannot add folders. It goes on in the background; status says how far it is.',
      inputSchema: z.object({
        folder: z.string().min(1).max(4000).optional().describe('A folder as list gives it, or one below'),
        library: libraryInput(usual),
      }),
      outputSchema: begun,
      annotations: { ...writing, destructiveHint: false },
    },
    ({ folder, library }, context) =>
      toolAnswer(async () => {
        const { signal } = context.mcpReq;
        const documentIds = folder === undefined ? [] : await filesIn(client, library, folder, signal);
        const { jobId } =
          documentIds.length > 0
            ? await client.documents.reindex({ library, documentIds }, { signal })
            : await client.libraries.index({ library }, { signal });
        const again = documentIds.length;
        const text = `Started. ${again > 0 ? `${again} documents are read anew, and the` : 'The'} folders of "${library}" are looked through for changes; status says how far that is.`;
        return { text, data: { library, jobId, again } };
      }),
  );
}

/** Throws `not-found` for a folder that the library does not search. */
async function filesIn(
  client: ToolContext['client'],
  library: string,
  folder: string,
  signal: AbortSignal,
): Promise<string[]> {
  const folders = (await client.libraries.list()).find(({ name }) => name === library)?.folders ?? [];
  if (!folders.some(({ path }) => pathBelow(path, folder) !== null)) {
    const known = folders.map(({ path }) => path).join(', ') || 'none';
    throw new AppError(
      'not-found',
      `${folder} is in no folder of the library "${library}", and only the person can add folders. Its folders: ${known}.`,
    );
  }
  const ids: string[] = [];
  for (let offset = 0, total = 1; offset < total; offset += documentsAtOnce) {
    const page = await client.documents.list(
      { library, pathContains: folder, offset, limit: documentsAtOnce },
      { signal },
    );
    const inside = page.documents.filter(
      ({ path, container }) => !container && pathBelow(folder, path) !== null,
    );
    ids.push(...inside.map(({ id }) => id));
    total = page.total;
  }
  return ids;
}
