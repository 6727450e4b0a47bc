/**
 * Ends a server without waiting for what has nothing left to say: connections on which nobody asks anything, such as those that browsers open
 * ahead, and event streams, which never end by themselves. Answers that are being given are finished within a short grace.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const closeGraceMs = 500;

/** To be called before the server has its first connection; returns how it is closed. */
export function closableServer(server: Server): () => Promise<void> {
  /** What is being answered on each connection, or null. */
  const connections = new Map<Socket, ServerResponse | null>();
  let isClosing = false;
  server.on('connection', (socket: Socket) => {
    connections.set(socket, null);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    if (!connections.has(socket)) return;
    connections.set(socket, response);
    response.once('close', () => {
      if (isClosing) socket.destroySoon();
      else if (connections.get(socket) === response) connections.set(socket, null);
    });
  });
  return async () => {
    isClosing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const timer = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    for (const [socket, response] of connections) if (!response || isStream(response)) socket.destroy();
    await closed;
    clearTimeout(timer);
  };
}

const isStream = (response: ServerResponse): boolean =>
  String(response.getHeader('content-type')).startsWith('text/event-stream');
