/** The tool that lists libraries, their folders, or documents by what they are. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import { documentKinds, kindsNamed } from '../../contract/formats.ts';
import { type Document, documentStateSchema, type ListedDocument } from '../../contract/libraries.ts';
import { composeFilters, type FilterValues, filtersInput } from './compose-filters.ts';
import { tagsOf } from './found-documents.ts';
import { toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const documentsAtOnce = 500;
const mostFiltered = 1_000;

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
        tags: z.array(z.string()).optional(),
        link: z.string(),
      }),
    )
    .optional(),
  /** Documents that `pathContains` and `state` let through; left out with filters, which do not count. */
  total: z.number().optional(),
  /** What of the filters was not understood. */
  notices: z.array(z.string()).optional(),
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
        'Lists the libraries, the folders of a library, or its documents, narrowed by path, type and state, or by filters.',
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
        filters: filtersInput
          .optional()
          .describe(
            'Documents that were read and meet all of these, the newest first; in place of pathContains, type and state',
          ),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(50),
      }),
      outputSchema: listed,
      annotations: readingOnly,
    },
    (input, context) =>
      toolAnswer(async () => {
        const { what, filters } = input;
        const { signal } = context.mcpReq;
        const data =
          what !== 'documents'
            ? await listOthers(client, { what, library: input.library })
            : filters && Object.keys(filters).length > 0
              ? await listFiltered(client, { ...input, filters }, signal)
              : await listDocuments(client, input, signal);
        return { text: inWords(data), data };
      }),
  );
}

async function listOthers(
  client: ToolContext['client'],
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
  client: ToolContext['client'],
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
    documents: found.map((document) => describeDocument(library, document)),
    total,
    next: position < total ? position : null,
  };
}

/** A search that only narrows lists what it narrows to. */
async function listFiltered(
  client: ToolContext['client'],
  { library, pathContains, type, state, filters, offset, limit }: DocumentsInput & { filters: FilterValues },
  signal: AbortSignal,
): Promise<Listed> {
  if (pathContains !== undefined || type !== undefined || state !== undefined)
    throw new AppError(
      'bad-request',
      'Filters stand in place of pathContains, type and state; filters has path and type.',
    );
  if (offset + limit >= mostFiltered)
    throw new AppError('bad-request', `Filters list ${mostFiltered} documents at most. Narrow them further.`);
  const { groups, notices } = await client.search.query(
    { library, query: composeFilters('', filters), limit: offset + limit + 1, passagesPerDocument: 1 },
    { signal },
  );
  return {
    documents: groups
      .slice(offset, offset + limit)
      .map(({ document, places, library: holding = library }) =>
        describeDocument(holding, { ...document, places }),
      ),
    notices,
    next: groups.length > offset + limit ? offset + limit : null,
  };
}

const describeDocument = (
  library: string,
  { id, title, path, kind, state, reason, pageCount, places, ...document }: ListedDocument,
) => ({
  documentId: id,
  title,
  path,
  kind,
  state,
  reason,
  pageCount,
  ...(places ? { places } : {}),
  ...tagsOf(document),
  link: formatDocumentLink({ library, documentId: id, page: null }),
});

function inWords({ libraries, folders, documents, total, notices, next }: Listed): string {
  const lines = [
    ...(notices ?? []),
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
  if (next != null)
    lines.push(
      `[${total === undefined ? 'There are more' : `Of ${total}`} documents. Go on with offset: ${next}]`,
    );
  return lines.join('\n') || 'Nothing to list.';
}
