/** A chat server that speaks OpenAI's form and says what the test tells it to. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ChatServer = {
  url: string;
  /** Bodies of the requests for an answer. */
  requests: { model: string; messages: { role: string; content: string }[]; stream: boolean }[];
  /** Answers that their reader left in the middle. */
  leftCount: number;
  close(): Promise<void>;
};

export type ChatServerOptions = {
  /** Pieces of the answer. With `hangs`, nothing comes after them. */
  pieces?: readonly string[];
  hangs?: boolean;
  /** In place of all that the protocol has. */
  respond?: (request: IncomingMessage, response: ServerResponse) => void;
};

export async function startChatServer(options: ChatServerOptions = {}): Promise<ChatServer> {
  const state: Pick<ChatServer, 'requests' | 'leftCount'> = { requests: [], leftCount: 0 };
  const server = createServer((request, response) => {
    if (options.respond) return options.respond(request, response);
    if (request.url === '/v1/models')
      return response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ object: 'list', data: [{ id: 'tiny-chat' }, { id: 'other-chat' }] }));
    if (request.url !== '/v1/chat/completions')
      return response.writeHead(404).end('{"error":"no such call"}');
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      state.requests.push(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const content of options.pieces ?? [])
        response.write(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
      if (!options.hangs) response.end('data: [DONE]\n\n');
      response.on('close', () => {
        if (!response.writableEnded) state.leftCount += 1;
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
