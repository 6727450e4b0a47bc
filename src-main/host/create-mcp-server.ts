/**
 * Offers the library to a person's own assistant programs by the Model Context Protocol: searching, and reading what was
 * found. It offers nothing that changes anything, and no file outside the library.
 */

import { type CallToolResult, McpServer } from '@modelcontextprotocol/server';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import type { Contract } from '../contract/contract.ts';
import { type SearchGroup, searchModeSchema } from '../contract/search.ts';
import { filterExample, filterFacts, searchFilterNames } from '../contract/tables/search-filters.ts';

const filterTexts = searchFilterNames.map((name) => `${filterExample(name)} finds ${filterFacts(name).help}`);

export type McpServerOptions = {
  client: ContractRouterClient<Contract>;
  library: string;
  version: string;
};

/** Characters of a document's text in one answer: some 4 000 tokens, so that no answer fills an assistant's context. */
const longestTextCharacters = 16_000;

export function createMcpServer({ client, library, version }: McpServerOptions): McpServer {
  const server = new McpServer({ name: 'llara', title: 'Llara', version });
  const annotations = { readOnlyHint: true, openWorldHint: false };

  server.registerTool(
    'search_documents',
    {
      title: 'Search documents',
      description:
        'Finds passages in the person\'s own documents by meaning and by words. The query may hold "exact phrases", ' +
        `-excluded words, and filters: ${filterTexts.join('; ')}. A - before a filter turns it round; OR joins two neighbours, and parentheses make one condition of what they hold.`,
      inputSchema: z.object({
        query: z.string().min(1).max(10_000),
        limit: z.number().int().min(1).max(50).default(8).describe('Documents to return'),
        mode: searchModeSchema.default('hybrid'),
      }),
      annotations,
    },
    ({ query, limit, mode }, context) =>
      answer(async () => {
        const response = await client.search.query(
          { library, query, limit, mode },
          { signal: context.mcpReq.signal },
        );
        const passages = response.groups.map(describeGroup).join('\n\n');
        return [...response.notices, passages || 'Nothing was found.'].join('\n\n');
      }),
  );

  server.registerTool(
    'read_document',
    {
      title: 'Read a document',
      description: `Gives a document's text, at most ${longestTextCharacters} characters at a time, with page numbers.`,
      inputSchema: z.object({
        documentId: z.string().describe('As given by search_documents'),
        start: z.number().int().min(0).default(0).describe('Offset in the text to begin at'),
      }),
      annotations,
    },
    ({ documentId, start }, context) =>
      answer(async () => {
        const { document, text, pages } = await client.documents.text(
          { library, documentId },
          { signal: context.mcpReq.signal },
        );
        const end = Math.min(text.length, start + longestTextCharacters);
        const page = pages.find((span) => span.start <= start && start < span.end)?.page;
        const place = `characters ${start} to ${end} of ${text.length}${page === undefined ? '' : `, from page ${page}`}`;
        const rest = end < text.length ? `\n\n[Go on with start: ${end}]` : '';
        return `${document.title} (${document.path}), ${place}\n\n${text.slice(start, end)}${rest}`;
      }),
  );
  return server;
}

/** A failure is an answer too: the assistant can tell the person about it. */
async function answer(work: () => Promise<string>): Promise<CallToolResult> {
  try {
    return { content: [{ type: 'text', text: await work() }] };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { content: [{ type: 'text', text }], isError: true };
  }
}

function describeGroup({ document, hits }: SearchGroup): string {
  const head = `${document.title} (${document.path}) documentId: ${document.id}`;
  const passages = hits.map(({ page, headingPath, range, text }) => {
    const place = [page === null ? '' : `page ${page}`, headingPath.join(' › '), `start: ${range.start}`];
    return `[${place.filter((part) => part !== '').join(', ')}]\n${text}`;
  });
  return [head, ...passages].join('\n');
}
