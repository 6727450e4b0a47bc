/**
 * Documents as resources, named by the same links that open them in the app. A resource is text, cut where it would be longer
 * than one answer may be; the tool `read` goes on from there.
 */
import {
  type McpServer,
  type ReadResourceResult,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { isDefinedError } from '@orpc/client';
import { formatDocumentLink, parseDocumentLink } from '../../common/links/document-link.ts';
import { pieceOf } from './read-tool.ts';
import type { ToolContext } from './tool-context.ts';

/** So many are offered by name; every other one is found by searching. */
const mostListed = 200;
const mimeType = 'text/plain';

export function addDocumentResources(server: McpServer, { client, library }: ToolContext): void {
  const read = async (uri: URL): Promise<ReadResourceResult> => {
    const link = parseDocumentLink(uri.href);
    if (!link) throw new ResourceNotFoundError(uri.href);
    const content = await client.documents
      .text({ library: link.library, documentId: link.documentId })
      .catch((error: unknown) => {
        throw isDefinedError(error) || isNotFound(error)
          ? new ResourceNotFoundError(uri.href, (error as Error).message)
          : error;
      });
    const { start, end, next } = pieceOf(content, link.page === null ? {} : { page: link.page });
    const rest =
      next === null || link.page !== null
        ? ''
        : `\n\n[Cut here. The tool "read" goes on with start: ${next}]`;
    return { contents: [{ uri: uri.href, mimeType, text: content.text.slice(start, end) + rest }] };
  };
  const list = async () => {
    const { documents } = await client.documents.list({ library, state: 'indexed', limit: mostListed });
    return {
      resources: documents.map(({ id, title, path }) => ({
        uri: formatDocumentLink({ library, documentId: id, page: null }),
        name: title || path,
        description: path,
        mimeType,
      })),
    };
  };
  server.registerResource(
    'document',
    new ResourceTemplate('llara://open{?library,document}', { list }),
    { title: 'Document', description: 'The text of a document of the library', mimeType },
    read,
  );
  server.registerResource(
    'page',
    new ResourceTemplate('llara://open{?library,document,page}', { list: undefined }),
    { title: 'Page', description: 'The text of one page of a document', mimeType },
    read,
  );
}

const isNotFound = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'not-found' || error.code === 'APP_ERROR');
