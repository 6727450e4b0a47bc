/**
 * A small S3 server for tests, in memory: the calls that an object store's client makes, with conditional writes and signed requests, as S3
 * documents them. It can be cut off in mid-request. `tests/unit/support/s3-conformance.test.ts` compares it with another implementation where that is installed.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { BucketObjects } from './bucket-objects.ts';
import { type Credentials, checkSignature } from './check-signature.ts';
import { listObjects } from './list-objects.ts';
import { type Answer, answerObject, failure } from './object-calls.ts';
import { element, textsOf, xml } from './xml.ts';

export type S3Server = {
  /** `http://127.0.0.1:PORT`. */
  endpoint: string;
  buckets: Map<string, BucketObjects>;
  /** What a client needs in its environment. */
  environment: Record<string, string>;
  /** Method and path of every request so far. */
  requests: string[];
  /** Of all answers so far, without their heads. */
  bytesSent: () => number;
  /** Breaks what is under way and refuses what comes, until `restore`. */
  cut: () => void;
  restore: () => void;
  /** Takes requests and does not answer them until `restore`. */
  hold: () => void;
  /** Cuts itself off when the condition meets a request; that request is not carried out. */
  cutWhen: (condition: ((method: string, path: string) => boolean) | null) => void;
  close: () => Promise<void>;
};

type Options = { buckets?: readonly string[]; credentials?: Credentials; port?: number; delayMs?: number };

export async function startS3Server({
  buckets: names = ['bucket'],
  credentials = { accessKeyId: 'llara-test-key', secretAccessKey: 'llara-test-secret' },
  port = 0,
  delayMs = 0,
}: Options = {}): Promise<S3Server> {
  const buckets = new Map(names.map((name) => [name, new BucketObjects()]));
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let bytesSent = 0;
  let isCut = false;
  let held: PromiseWithResolvers<void> | null = null;
  let cutCondition: ((method: string, path: string) => boolean) | null = null;
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const server = createServer(async (request, response) => {
    const { method = '', url = '' } = request;
    requests.push(`${method} ${url}`);
    if (cutCondition?.(method, decodeURIComponent(url))) cut();
    if (isCut) return void request.socket.destroy();
    const body = await read(request);
    await held?.promise;
    if (delayMs > 0) await setTimeout(delayMs);
    const refusal = checkSignature(request, body, credentials);
    const answer = refusal
      ? failure(403, refusal.code, refusal.message, url)
      : respond(buckets, request, body);
    bytesSent += send(request, response, answer);
  });
  server.on('connection', (socket) => {
    if (isCut) return void socket.destroy();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    buckets,
    requests,
    bytesSent: () => bytesSent,
    environment: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    cut,
    restore: () => {
      isCut = false;
      held?.resolve();
      held = null;
      cutCondition = null;
    },
    hold: () => {
      held ??= Promise.withResolvers();
    },
    cutWhen: (condition) => {
      cutCondition = condition;
    },
    close: async () => {
      held?.resolve();
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function respond(buckets: Map<string, BucketObjects>, request: IncomingMessage, body: Buffer): Answer {
  const url = new URL(request.url ?? '/', 'http://s3');
  const [, bucket = '', ...rest] = url.pathname.split('/');
  const key = decodeURIComponent(rest.join('/'));
  const { method } = request;
  const objects = buckets.get(bucket);
  if (!objects) {
    if (method === 'PUT' && key === '') {
      buckets.set(bucket, new BucketObjects());
      return { status: 200 };
    }
    return failure(404, 'NoSuchBucket', 'The specified bucket does not exist', url.pathname);
  }
  if (key !== '')
    return answerObject(objects, { request, key, query: url.searchParams, body, bucket, buckets });
  if (method === 'GET') return { status: 200, xml: listObjects(objects, bucket, url.searchParams) };
  if (method === 'HEAD' || method === 'PUT') return { status: 200 };
  if (method === 'POST' && url.searchParams.has('delete')) {
    const keys = textsOf(body.toString(), 'Key');
    for (const doomed of keys) objects.delete(doomed);
    const deleted = keys.map((name) => `<Deleted>${element('Key', name)}</Deleted>`);
    return { status: 200, xml: xml('DeleteResult', ...deleted) };
  }
  return failure(405, 'MethodNotAllowed', 'The specified method is not allowed.', url.pathname);
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): number {
  const body = answer.xml === undefined ? (answer.body ?? Buffer.alloc(0)) : Buffer.from(answer.xml);
  response.writeHead(answer.status, {
    'x-amz-request-id': 'test',
    ...(answer.xml === undefined ? {} : { 'content-type': 'application/xml' }),
    'content-length': body.length,
    ...answer.headers,
  });
  const isSent = request.method !== 'HEAD';
  response.end(isSent ? body : undefined);
  return isSent ? body.length : 0;
}
