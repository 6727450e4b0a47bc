/**
 * The Model Context Protocol over HTTP, at one address of the loopback host. It keeps nothing between two requests. Who may ask
 * is decided before, by the host's guard and token.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { createMcpServer, type McpServerOptions } from './create-mcp-server.ts';

export type McpResponder = {
  respond(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  close(): Promise<void>;
};

export function serveMcp(options: McpServerOptions, maxRequestBodySize: number): McpResponder {
  const handler = createMcpHandler(() => createMcpServer(options), { maxRequestBodySize });
  return {
    async respond(request, response, url) {
      const left = new AbortController();
      response.once('close', () => left.abort());
      const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
      const answer = await handler.fetch(
        new Request(url, {
          method: request.method ?? 'GET',
          headers: webHeaders(request),
          signal: left.signal,
          ...(hasBody
            ? {
                body: Readable.toWeb(request) as unknown as RequestInit['body'],
                duplex: 'half',
              }
            : {}),
        }),
      );
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      if (answer.body === null) response.end();
      else await pipeline(Readable.fromWeb(answer.body as ReadableStream), response);
    },
    close: () => handler.close(),
  };
}

/** The token stays with the guard. */
function webHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || name === 'authorization' || name === 'cookie') continue;
    headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
