/** A server of this machine for one file, with ranges and a stated checksum as model hubs have them, that misbehaves as told. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';

export type FileServerBehaviour = {
  sha256?: string;
  /** Size that the headers state, where it is not the true one. */
  statedBytes?: number;
  status?: number;
  /** Each time this much more has been sent, the connection is cut, `cuts` times. */
  cutAfterBytes?: number;
  cuts?: number;
  bytesPerSecond?: number;
  /** The first byte is another one until as many bytes have been sent as the file has. */
  isDamagedAtFirst?: boolean;
};

export type FileServer = {
  readonly url: string;
  /** Of bodies, over all connections. */
  readonly sentBytes: number;
  readonly cutCount: number;
  close(): Promise<void>;
};

const pieceBytes = 256 << 10;

export async function serveFile(content: Buffer, behaviour: FileServerBehaviour): Promise<FileServer> {
  const counts = { sentBytes: 0, cutCount: 0 };
  const server = createServer((request, response) => {
    void answer(request, response, content, behaviour, counts);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/tiny.gguf`,
    get sentBytes() {
      return counts.sentBytes;
    },
    get cutCount() {
      return counts.cutCount;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  content: Buffer,
  {
    sha256,
    statedBytes,
    status,
    cutAfterBytes,
    cuts = 0,
    bytesPerSecond,
    isDamagedAtFirst,
  }: FileServerBehaviour,
  counts: { sentBytes: number; cutCount: number },
): Promise<void> {
  if (status !== undefined) {
    response.writeHead(status).end();
    return;
  }
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = range ? Number(range[1]) : 0;
  const end = range?.[2] ? Math.min(Number(range[2]), content.length - 1) : content.length - 1;
  response.writeHead(range ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': end - start + 1,
    'Accept-Ranges': 'bytes',
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${content.length}` } : {}),
    ...(statedBytes ? { 'x-linked-size': String(statedBytes) } : {}),
    ...(sha256 ? { 'x-linked-etag': `"${sha256}"` } : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const limit = () =>
    counts.cutCount < cuts ? (cutAfterBytes ?? Infinity) * (counts.cutCount + 1) : Infinity;
  async function* pieces() {
    for (let at = start; at <= end; at += pieceBytes) {
      if (counts.sentBytes >= limit()) {
        counts.cutCount += 1;
        throw new Error('The connection is cut.');
      }
      const whole = content.subarray(at, Math.min(at + pieceBytes, end + 1));
      const isDamaged = isDamagedAtFirst && at === 0 && counts.sentBytes < content.length;
      const piece = isDamaged ? Buffer.concat([Buffer.from([whole[0]! ^ 1]), whole.subarray(1)]) : whole;
      if (bytesPerSecond) await wait((piece.length / bytesPerSecond) * 1000);
      counts.sentBytes += piece.length;
      yield piece;
    }
  }
  // Cut here, or left by the other side: either way this answer is over.
  await pipeline(pieces, response).catch(() => response.destroy());
}
