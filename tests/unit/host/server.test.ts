/** The loopback host against an engine of pretence: who gets in, what travels, and what ends when a client leaves. */
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, isDefinedError, safe } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Contract, contract } from '../../../src-main/contract/contract.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import type { FakeEngine } from '../../support/fake-engine/fake-engine.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';

let home: string;
let engine: FakeEngine;
let host: Host;
const lines: string[] = [];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'llara-host-'));
  engine = createSmallEngine();
  lines.length = 0;
  host = await startHost({
    router: engine.router,
    rendererDirectory: null,
    home,
    version: '1.2.3',
    log: (line) => lines.push(line),
  });
});
afterEach(async () => {
  await host.close();
  engine.close();
  rmSync(home, { recursive: true });
});

const clientOf = (token: string): ContractRouterClient<Contract> =>
  createORPCClient(new RPCLink({ url: `${host.url}/rpc`, headers: { authorization: `Bearer ${token}` } }));

/** A request with headers that fetch would not let us set, such as Host. */
const raw = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const outgoing = request(`${host.url}${path}`, { method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end();
    },
  );
const bearer = () => ({ authorization: `Bearer ${host.token}` });

describe('who gets in', () => {
  test('a call with the token is answered', async () => {
    const answer = await clientOf(host.token).search.query({ query: 'lease' });
    expect(answer.groups[0]?.hits[0]?.page).toBe(2);
  });

  test.each([
    ['without a token', {}],
    ['with a wrong token', { authorization: `Bearer ${'x'.repeat(43)}` }],
    ['with the token in the address of a call', {}, true],
  ])('a call %s is refused', async (_name, headers, inAddress = false) => {
    for (const path of [
      '/rpc/libraries/list',
      '/api/libraries/list',
      '/openapi.json',
      '/health',
      '/index.html',
    ]) {
      const response = await fetch(`${host.url}${path}${inAddress ? `?token=${host.token}` : ''}`, {
        method: 'GET',
        headers,
      });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  test('the printed address signs a browser in with a cookie and drops the token from the address', async () => {
    const response = await fetch(host.pageUrl, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    const health = await raw('/health', { cookie: cookie.split(';')[0] ?? '' });
    expect(JSON.parse(health.body)).toEqual({ name: 'llara', version: '1.2.3', pid: process.pid });
  });

  test.each<[string, Record<string, string>]>([
    ['a foreign host name', { host: 'evil.example' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
  ])('the token does not help against %s', async (_name, headers) => {
    const response = await raw('/rpc/libraries/list', { ...bearer(), ...headers }, 'POST');
    expect(response.status).toBe(403);
    expect(response.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('it listens on the loopback address alone', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter((address) => !address.internal && address.family === 'IPv4');
    for (const { address } of others) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: Number(new URL(host.url).port), timeout: 2000 });
        const end = (value: boolean) => {
          socket.destroy();
          resolve(value);
        };
        socket
          .on('connect', () => end(true))
          .on('error', () => end(false))
          .on('timeout', () => end(false));
      });
      expect([address, reached]).toEqual([address, false]);
    }
    expect(new URL(host.url).hostname).toBe('127.0.0.1');
  });
});

describe('what travels', () => {
  test('a failure arrives with its code and words', async () => {
    const { error } = await safe(
      clientOf(host.token).documents.text({ library: 'default', documentId: 'nope' }),
    );
    expect(error).toBeInstanceOf(Error);
    if (!isDefinedError(error)) throw new Error('The failure lost its type on the way.');
    expect(error.data).toEqual({ code: 'not-found' });
    expect(error.message).toBe('This document is no longer in the library.');
    expect(lines).toEqual([]);
  });

  test('bytes of a document', async () => {
    const bytes = await clientOf(host.token).documents.bytes({ library: 'default', documentId: 'd1' });
    expect(bytes.type).toBe('application/pdf');
    expect(await bytes.text()).toBe('%PDF-1.7');
  });

  test('a call that breaks the contract is refused before the engine sees it', async () => {
    const client = clientOf(host.token);
    await expect(client.search.query({ query: 'x', limit: 0 })).rejects.toMatchObject({ status: 400 });
  });

  test('the same call through the REST interface', async () => {
    const response = await fetch(`${host.url}/api/search/query`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'lease' }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      mode: 'lexical',
      groups: [{ document: { title: 'Lease' } }],
    });
  });

  test('the OpenAPI document names every call of the contract', async () => {
    const document = JSON.parse((await raw('/openapi.json', bearer())).body);
    expect(document.openapi).toMatch(/^3\.1/);
    expect(document.info.version).toBe('1.2.3');
    const calls = Object.entries(contract).flatMap(([group, members]) =>
      Object.keys(members).map((call) => `/${group}/${call}`),
    );
    expect(Object.keys(document.paths).sort()).toEqual(calls.sort());
    const search = document.paths['/search/query'].post;
    expect(search.requestBody.content['application/json'].schema.properties.limit.maximum).toBe(1000);
    expect(
      document.paths['/documents/bytes'].post.responses['200'].content['*/*'].schema.contentMediaType,
    ).toBe('*/*');
  });

  test('a body beyond the limit is refused', async () => {
    const response = await fetch(`${host.url}/api/search/query`, {
      method: 'POST',
      headers: { ...bearer(), 'content-type': 'application/json' },
      body: JSON.stringify({ query: 'x'.repeat(5 * 1024 * 1024) }),
    });
    expect(response.status).toBe(413);
  });
});

describe('streams', () => {
  test('events arrive while a job runs, ending with its last state', async () => {
    const client = clientOf(host.token);
    const events = await client.engine.events();
    const { jobId } = await client.libraries.index({});
    const states: string[] = [];
    for await (const event of events) {
      if (event.type !== 'job' || event.job.id !== jobId) continue;
      states.push(`${event.job.state} ${event.job.progress.done}`);
      if (event.job.state === 'completed') break;
    }
    expect(states).toEqual(['running 0', 'running 1', 'running 2', 'completed 3']);
    await vi.waitFor(() => expect(engine.openStreams()).toBe(0), { timeout: 10_000 });
  });

  test.each<[string, () => Promise<void>]>([
    ['gives up', async () => {}],
    ['vanishes', async () => {}],
  ])('the engine is told when a client %s', async (name) => {
    if (name === 'gives up') {
      const abort = new AbortController();
      const events = await clientOf(host.token).engine.events(undefined, { signal: abort.signal });
      expect((await events.next()).value).toMatchObject({ type: 'snapshot' });
      expect(engine.openStreams()).toBe(1);
      abort.abort();
    } else {
      const outgoing = request(`${host.url}/rpc/engine/events`, { method: 'POST', headers: bearer() });
      outgoing.on('error', () => {});
      await new Promise<void>((resolve) => {
        outgoing.on('response', (response) => response.once('data', () => resolve()));
        outgoing.end();
      });
      await vi.waitFor(() => expect(engine.openStreams()).toBe(1), { timeout: 10_000 });
      outgoing.destroy();
    }
    await vi.waitFor(() => expect(engine.openStreams()).toBe(0), { timeout: 10_000 });
  });

  test('closing ends open streams soon', async () => {
    const events = await clientOf(host.token).engine.events();
    await events.next();
    const startedAtMs = performance.now();
    await host.close();
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
    await vi.waitFor(() => expect(engine.openStreams()).toBe(0), { timeout: 10_000 });
  });

  test('closing waits neither for a stream nor for a connection without a request', async () => {
    const { hostname, port } = new URL(host.url);
    const ahead = connect(Number(port), hostname);
    await once(ahead, 'connect');
    const events = await clientOf(host.token).engine.events();
    await events.next();
    // The grace for answers that are being given never ends.
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      await host.close();
    } finally {
      vi.useRealTimers();
      ahead.destroy();
    }
  });
});

describe('engine.json', () => {
  test('tells the owner alone where the engine is, until the host closes', async () => {
    const path = join(home, 'engine.json');
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      url: host.url,
      token: host.token,
      pid: process.pid,
    });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await host.close();
    expect(existsSync(path)).toBe(false);
  });

  test('a later host’s file stays', async () => {
    const second = await startHost({ router: engine.router, rendererDirectory: null, home });
    await host.close();
    expect(JSON.parse(readFileSync(join(home, 'engine.json'), 'utf8')).token).toBe(second.token);
    await second.close();
  });

  test('a port that is taken is said in words', async () => {
    const port = Number(new URL(host.url).port);
    await expect(startHost({ router: engine.router, rendererDirectory: null, port })).rejects.toMatchObject({
      code: 'conflict',
      message: `Port ${port} is taken by another program; choose another one with --port.`,
    });
  });
});
