/** The tool that lists libraries, their folders, or documents by what they are. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import { documentKinds, kindsNamed } from '../../contract/formats.ts';
import { type Document, documentStateSchema, type ListedDocument } from '../../contract/libraries.ts';
import { toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const documentsAtOnce = 500;

const listed = z.object({
  libraries: z
    .array(z.object({ name: z.string(), documents: z.number(), encoder: z.string().nullable() }))
    .optional(),
  folders: z
    .array(z.object({ path: z.string(), documents: z.number(), unavailable: z.string().nullable() }))
    .optional(),
  documents: z
    .array(
      z.object({
        documentId: z.string(),
        title: z.string(),
        path: z.string(),
        kind: z.string().nullable(),
        state: documentStateSchema,
        reason: z.string().nullable(),
        pageCount: z.number().nullable(),
        /** Where it is and its copies are; left out where there are none. */
        places: z.array(z.string()).optional(),
        link: z.string(),
      }),
    )
    .optional(),
  /** Documents that `pathContains` and `state` let through. */
  total: z.number().optional(),
  /** `offset` to go on with, or null at the end. */
  next: z.number().nullable().optional(),
});
type Listed = z.infer<typeof listed>;

export function addListTool(server: McpServer, { client, library: usual }: ToolContext): void {
  server.registerTool(
    'list',
    {
      title: 'List libraries, folders or documents',
      description:
        'Lists the libraries, the folders of a library, or its documents, narrowed by path, type and state.',
      inputSchema: z.object({
        what: z.enum(['libraries', 'folders', 'documents']).default('documents'),
        library: libraryInput(usual),
        pathContains: z.string().max(1000).optional(),
        type: z
          .string()
          .max(100)
          .optional()
          .describe(`One of ${documentKinds.join(', ')}`),
        state: documentStateSchema.optional(),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
      outputSchema: listed,
      annotations: readingOnly,
    },
    (input, context) =>
      toolAnswer(async () => {
        const data =
          input.what === 'documents'
            ? await listDocuments({ client, library: usual }, input, context.mcpReq.signal)
            : await listOthers({ client, library: usual }, input);
        return { text: inWords(data), data };
      }),
  );
}

async function listOthers(
  { client }: ToolContext,
  { what, library }: { what: string; library: string },
): Promise<Listed> {
  const libraries = await client.libraries.list();
  if (what === 'libraries') {
    return {
      libraries: libraries.map(({ name, counts, encoder }) => ({ name, documents: counts.indexed, encoder })),
    };
  }
  const found = libraries.find(({ name }) => name === library);
  if (!found) throw new AppError('not-found', `There is no library "${library}".`);
  return {
    folders: found.folders.map(({ path, documentCount, unavailable }) => ({
      path,
      documents: documentCount,
      unavailable,
    })),
  };
}

type DocumentsInput = {
  library: string;
  pathContains?: string | undefined;
  type?: string | undefined;
  state?: Document['state'] | undefined;
  offset: number;
  limit: number;
};

async function listDocuments(
  { client }: ToolContext,
  { library, pathContains, type, state, offset, limit }: DocumentsInput,
  signal: AbortSignal,
): Promise<Listed> {
  const kinds = type === undefined ? null : kindsNamed(type);
  if (kinds?.length === 0)
    throw new AppError('bad-request', `There is no type "${type}". Known: ${documentKinds.join(', ')}.`);
  const found: ListedDocument[] = [];
  let position = offset;
  let total = 0;
  do {
    const page = await client.documents.list(
      { library, state, pathContains, offset: position, limit: documentsAtOnce },
      { signal },
    );
    total = page.total;
    if (page.documents.length === 0) break;
    for (const document of page.documents) {
      if (found.length === limit) break;
      position += 1;
      if (!kinds || (document.kind !== null && kinds.includes(document.kind))) found.push(document);
    }
  } while (found.length < limit && position < total);
  return {
    documents: found.map(({ id, title, path, kind, state, reason, pageCount, places }) => ({
      documentId: id,
      title,
      path,
      kind,
      state,
      reason,
      pageCount,
      ...(places ? { places } : {}),
      link: formatDocumentLink({ library, documentId: id, page: null }),
    })),
    total,
    next: position < total ? position : null,
  };
}

function inWords({ libraries, folders, documents, total, next }: Listed): string {
  const lines = [
    ...(libraries ?? []).map(
      ({ name, documents, encoder }) =>
        `${name}: ${documents} documents${encoder ? `, found by meaning with ${encoder}` : ', found by words'}`,
    ),
    ...(folders ?? []).map(
      ({ path, documents, unavailable }) => `${path}: ${unavailable ?? `${documents} documents`}`,
    ),
    ...(documents ?? []).map(
      ({ documentId, title, path, state, reason, link }) =>
        `${title} (${path}) documentId: ${documentId}, ${link}${state === 'indexed' ? '' : ` [${state}: ${reason ?? ''}]`}`,
    ),
  ];
  if (next != null) lines.push(`[Of ${total} documents. Go on with offset: ${next}]`);
  return lines.join('\n') || 'Nothing to list.';
}
