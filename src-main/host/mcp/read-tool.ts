/** The tool that reads: a whole document piece by piece, one page of it, or a passage with what stands around it. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { DocumentText } from '../../contract/libraries.ts';
import { textRangeSchema } from '../../contract/search.ts';
import { documentInput, namedDocument } from './named-document.ts';
import { longestTextCharacters, toolAnswer } from './tool-answer.ts';
import { libraryInput, readingOnly, type ToolContext } from './tool-context.ts';

const read = z.object({
  documentId: z.string(),
  title: z.string(),
  path: z.string(),
  link: z.string(),
  page: z.number().nullable(),
  pageCount: z.number().nullable(),
  range: textRangeSchema,
  characters: z.number(),
  /** Where to go on, or null at the end. */
  next: z.number().nullable(),
  text: z.string(),
});

export function addReadTool(server: McpServer, { client, library: usual }: ToolContext): void {
  server.registerTool(
    'read',
    {
      title: 'Read a document',
      description:
        `Gives a document's text, at most ${longestTextCharacters} characters at a time. Name it by documentId or by link. ` +
        'With page, gives that page. With start and end of a passage that was found, gives it with what stands around it. With start alone, goes on from there.',
      inputSchema: z.object({
        ...documentInput,
        page: z.number().int().min(1).optional().describe('Page to read, from 1'),
        start: z.number().int().min(0).optional().describe('Offset in the text to begin at'),
        end: z.number().int().min(0).optional().describe('Offset in the text to end at'),
        context: z
          .number()
          .int()
          .min(0)
          .max(5_000)
          .default(500)
          .describe('Characters around a passage that start and end give'),
        library: libraryInput(usual),
      }),
      outputSchema: read,
      annotations: readingOnly,
    },
    (input, context) =>
      toolAnswer(async () => {
        const wanted = namedDocument(input);
        const content = await client.documents.text(
          { library: wanted.library, documentId: wanted.documentId },
          { signal: context.mcpReq.signal },
        );
        const piece = pieceOf(content, { ...input, page: input.page ?? wanted.page ?? undefined });
        const { document, text } = content;
        const data = {
          documentId: document.id,
          title: document.title,
          path: document.path,
          link: formatDocumentLink({ ...wanted, page: piece.page }),
          page: piece.page,
          pageCount: document.pageCount,
          range: { start: piece.start, end: piece.end },
          characters: text.length,
          next: piece.next,
          text: text.slice(piece.start, piece.end),
        };
        const place = `characters ${piece.start} to ${piece.end} of ${text.length}${piece.page === null ? '' : `, from page ${piece.page}`}`;
        const rest = piece.next === null ? '' : `\n\n[Go on with start: ${piece.next}]`;
        return { text: `${document.title} (${document.path}), ${place}\n\n${data.text}${rest}`, data };
      }),
  );
}

export type PieceRequest = {
  page?: number | undefined;
  start?: number | undefined;
  end?: number | undefined;
  context?: number | undefined;
};

/** `next` is where the rest of a text begins that was too long for one answer, or the rest of the document. */
export function pieceOf(
  { text, pages, document }: DocumentText,
  { page, start, end, context = 0 }: PieceRequest,
): { start: number; end: number; page: number | null; next: number | null } {
  const pageAt = (offset: number) =>
    pages.find((span) => span.start <= offset && offset < span.end)?.page ?? null;
  let from = Math.min(start ?? 0, text.length);
  let to = text.length;
  if (page !== undefined && start === undefined) {
    const span = pages.find((candidate) => candidate.page === page);
    if (!span) {
      const reason =
        pages.length === 0
          ? 'has no pages'
          : `has ${document.pageCount ?? pages.length} pages, some perhaps without text`;
      throw new AppError('not-found', `${document.path} ${reason}; there is no page ${page} to read.`);
    }
    from = span.start;
    to = span.end;
  } else if (end !== undefined) {
    if (end < from)
      throw new AppError('bad-request', `A passage cannot end (${end}) before it starts (${from}).`);
    from = Math.max(0, from - context);
    to = Math.min(text.length, end + context);
  }
  const last = Math.min(to, from + longestTextCharacters);
  return { start: from, end: last, page: pageAt(from), next: last < text.length ? last : null };
}
