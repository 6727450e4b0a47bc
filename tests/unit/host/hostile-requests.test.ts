/**
 * Hundreds of odd and hostile requests, made from a fixed seed, to every address of the loopback host: each gets a clear answer,
 * none a failure of the host's own, and afterwards it still answers.
 */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../../src-main/common/seeded-random.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';

const random = seededRandom('hostile requests');
const pick = <Item>(items: readonly Item[]): Item => items[random.below(items.length)] as Item;

/** What a field may hold instead of what it should. */
const oddValues: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  '',
  'x'.repeat(20_000),
  '../../etc/passwd',
  '\u0000\uD800',
  '%00',
  "'; DROP TABLE documents; --",
  [],
  [[[[[]]]]],
  {},
  { __proto__: { isAdmin: true } },
  { constructor: { prototype: {} } },
  { toString: 1 },
];
const fields = [
  'library',
  'query',
  'limit',
  'mode',
  'documentId',
  'jobId',
  'path',
  'folderId',
  'modelId',
  'offset',
  'page',
  'link',
  'filters',
  'settings',
  'question',
  'server',
];
const oddObject = () =>
  Object.fromEntries(Array.from({ length: 1 + random.below(4) }, () => [pick(fields), pick(oddValues)]));
const calls = [
  'search/query',
  'search/feedback',
  'documents/list',
  'documents/text',
  'documents/bytes',
  'documents/reindex',
  'jobs/get',
  'jobs/log',
  'folders/add',
  'folders/browse',
  'models/remove',
  'adaptation/curve',
  'settings/update',
  'libraries/create',
  'answers/ask',
  'answers/import',
  'answers/remove',
  'answers/serverModels',
  'nothing/here',
  '__proto__/constructor',
  '..%2f..%2fetc',
];
const damage = (text: string) =>
  pick([
    text,
    text.slice(0, random.below(text.length + 1)),
    `${text}}`,
    '',
    '\u0000',
    '[',
    '"',
    `{"a":${'['.repeat(5000)}`,
  ]);

type Odd = { method: string; path: string; headers: Record<string, string>; body?: string };
const json = { 'content-type': 'application/json' };

function oddCall(): Odd {
  const call = pick(calls);
  const isRpc = random.below(2) === 0;
  const input = oddObject();
  const body = damage(
    JSON.stringify(isRpc ? { json: input, meta: pick([[], null, [[99, 'a']], 'x']) } : input),
  );
  return {
    method: pick(['POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD']),
    path: `/${isRpc ? 'rpc' : 'api'}/${call}${pick(['', '', '?data=%', '?data={}', '/', '?a[b][c]=1'])}`,
    headers: pick<Record<string, string>>([
      json,
      {},
      { 'content-type': 'text/plain' },
      { 'content-type': 'multipart/form-data; boundary=x' },
      { ...json, 'content-encoding': 'gzip' },
    ]),
    body,
  };
}

function oddMessage(): Odd {
  const message = {
    jsonrpc: pick<unknown>(['2.0', '2.0', '2.0', '1.0', null]),
    id: pick<unknown>([1, 'a', null, {}, 1e300]),
    method: pick<unknown>([
      'tools/call',
      'tools/call',
      'tools/list',
      'resources/read',
      'initialize',
      'ping',
      'no/such',
      '',
      5,
    ]),
    params: pick<unknown>([
      {
        name: pick(['search', 'read', 'similar', 'list', 'status', 'ask', 'remove', '__proto__']),
        arguments: oddObject(),
      },
      { name: pick(oddValues), arguments: pick(oddValues) },
      {
        uri: pick([
          'llara://open?library=default&document=d9',
          'llara://open?library=../x&document=..',
          'file:///etc/passwd',
          'x',
          '',
        ]),
      },
      pick(oddValues),
    ]),
  };
  return {
    method: pick(['POST', 'POST', 'POST', 'POST', 'GET', 'DELETE', 'PUT']),
    path: `/mcp${pick(['', '', '', '?x=%', '?sessionId=1'])}`,
    headers: {
      ...pick<Record<string, string>>([json, json, json, {}, { 'content-type': 'text/plain' }]),
      accept: pick([
        'application/json, text/event-stream',
        'application/json, text/event-stream',
        '*/*',
        'image/png',
      ]),
      ...pick<Record<string, string>>([
        {},
        {},
        { 'mcp-protocol-version': '1999-01-01' },
        { 'mcp-session-id': '../x' },
      ]),
    },
    body: damage(JSON.stringify(pick<unknown>([message, message, message, [message, message], []]))),
  };
}

const oddPage = (): Odd => ({
  method: pick(['GET', 'HEAD', 'POST']),
  path: pick([
    '/..%2f..%2fetc/passwd',
    '/%',
    '//evil.example/',
    '/?token=',
    '/?token=x&token=y',
    `/${'a'.repeat(8000)}`,
    '/assets/..',
    '/health/',
    '/openapi.json?x',
    '/mcp/',
    '/rpc',
    '/api',
  ]),
  headers: {},
});

/** Node leaves it out for some methods, and the body would be read as a request of its own. */
const lengthOf = (method: string, body = ''): Record<string, string> =>
  method === 'GET' || method === 'HEAD' ? {} : { 'content-length': String(Buffer.byteLength(body)) };

let engine: FakeEngine;
let host: Host;
const failures: string[] = [];

beforeAll(async () => {
  engine = createSmallEngine();
  host = await startHost({
    router: engine.router,
    rendererDirectory: null,
    log: (line) => failures.push(line),
  });
});
afterAll(async () => {
  await host.close();
  engine.close();
});

type Answer = { status: number; body: string };
const send = ({ method, path, headers, body }: Odd, token = host.token) =>
  new Promise<Answer>((resolve, reject) => {
    const outgoing = request(
      host.url,
      { method, path, headers: { ...headers, authorization: `Bearer ${token}`, ...lengthOf(method, body) } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(method === 'GET' || method === 'HEAD' ? undefined : body);
  });

test.each([
  ['calls', oddCall, 160],
  ['messages of assistant programs', oddMessage, 160],
  ['pages', oddPage, 30],
])('%s: none fails on our side', async (_name, make, count) => {
  const before = failures.length;
  for (let index = 0; index < count; index += 1) {
    const odd = make();
    const { status, body } = await send(odd);
    const told = `${odd.method} ${odd.path.slice(0, 60)} ${odd.body?.slice(0, 300)} → ${status} ${body.slice(0, 200)}`;
    expect(status, told).toBeGreaterThanOrEqual(200);
    // That there is no built page here is no failure.
    if (!body.includes('The page is not built'))
      expect(status === 503 && odd.method === 'HEAD' ? 404 : status, told).toBeLessThan(500);
    if (status >= 400 && odd.method !== 'HEAD') expect(body.trim(), told).not.toBe('');
    expect(body, told).not.toMatch(/\bat .*\.(ts|js|mjs):\d+/);
  }
  expect(failures.slice(before)).toEqual([]);
});

test('without the token every one of them is refused alike', async () => {
  for (let index = 0; index < 40; index += 1) {
    const { status } = await send(pick([oddCall, oddMessage])(), 'x'.repeat(43));
    expect([400, 401]).toContain(status);
  }
});

test('afterwards the host still answers', async () => {
  const response = await send({
    method: 'POST',
    path: '/api/search/query',
    headers: json,
    body: '{"query":"lease"}',
  });
  expect(JSON.parse(response.body).groups).toHaveLength(1);
});
