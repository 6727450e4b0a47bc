/**
 * The S3 server of the tests answers as S3 does: every call that an object store's client makes, with its conditions and failures. The same
 * expectations are held against Moto, an independent implementation, where that is installed (`pip install 'moto[server]'`).
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startS3Server } from '../../support/s3/s3-server.ts';

type Running = { endpoint: string; close: () => Promise<void> };

const credentials = { accessKeyId: 'llara-test-key', secretAccessKey: 'llara-test-secret' };
const hasMoto = spawnSync('moto_server', ['--help']).status === 0;
if (!hasMoto) console.warn('Moto is not installed: the S3 server of the tests is compared with nothing.');

const own = async (): Promise<Running> => await startS3Server({ credentials });

async function moto(): Promise<Running> {
  const port = await freePort();
  const child: ChildProcess = spawn('moto_server', ['-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  const answers = () =>
    fetch(endpoint).then(
      () => true,
      () => false,
    );
  const close = async () => {
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill();
    await ended;
  };
  try {
    await vi.waitUntil(answers, { timeout: 50_000, interval: 200 });
  } catch (error) {
    await close();
    throw error;
  }
  return { endpoint, close };
}

const servers = [
  { name: 'the server of the tests', start: own, isThere: true },
  { name: 'Moto', start: moto, isThere: hasMoto },
];

describe.each(servers.filter(({ isThere }) => isThere))('$name', ({ start }) => {
  let server: Running;
  beforeAll(async () => {
    server = await start();
    await call('PUT', '/box');
  });
  afterAll(async () => await server.close());

  const call = async (
    method: string,
    path: string,
    body = '',
    headers: Record<string, string> = {},
    keys = credentials,
  ) => {
    const response = await fetch(`${server.endpoint}${path}`, {
      method,
      headers: { ...headers, ...signed(method, server.endpoint, path, body, keys) },
      ...(body === '' ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const codeOf = (text: string) => /<Code>(\w+)<\/Code>/.exec(text)?.[1];
  const all = (text: string, name: string) =>
    Array.from(text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')), ([, found]) => found);

  test('writes only where there is nothing yet', async () => {
    const create = { 'if-none-match': '*' };
    expect((await call('PUT', '/box/once', 'first', create)).status).toBe(200);
    const second = await call('PUT', '/box/once', 'second', create);
    expect([second.status, codeOf(second.text)]).toEqual([412, 'PreconditionFailed']);
    expect((await call('GET', '/box/once')).text).toBe('first');
  });

  test('gives one of many that write at once the right to', async () => {
    const writes = Array.from({ length: 8 }, (_, n) =>
      call('PUT', '/box/raced', `by ${n}`, { 'if-none-match': '*' }),
    );
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(new Set(statuses)).toEqual(new Set([200, 412]));
  });

  test('replaces only what is as it was seen', async () => {
    const { headers } = await call('PUT', '/box/seen', 'one');
    const seen = { 'if-match': headers.get('etag')! };
    expect((await call('PUT', '/box/seen', 'two', seen)).status).toBe(200);
    const late = await call('PUT', '/box/seen', 'three', seen);
    expect([late.status, codeOf(late.text)]).toEqual([412, 'PreconditionFailed']);
    expect((await call('GET', '/box/seen')).text).toBe('two');
  });

  test('reads whole, in parts, from the end, and says what is beyond it', async () => {
    await call('PUT', '/box/digits', '0123456789');
    expect((await call('HEAD', '/box/digits')).headers.get('content-length')).toBe('10');
    const part = async (range: string) => await call('GET', '/box/digits', '', { range });
    expect(await part('bytes=2-4')).toMatchObject({ status: 206, text: '234' });
    expect((await part('bytes=2-4')).headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await part('bytes=7-')).toMatchObject({ status: 206, text: '789' });
    expect(await part('bytes=-3')).toMatchObject({ status: 206, text: '789' });
    expect(await part('bytes=8-99')).toMatchObject({ status: 206, text: '89' });
    const beyond = await part('bytes=10-12');
    expect([beyond.status, codeOf(beyond.text)]).toEqual([416, 'InvalidRange']);
    const missing = await call('GET', '/box/nothing');
    expect([missing.status, codeOf(missing.text)]).toEqual([404, 'NoSuchKey']);
  });

  test('lists by prefix, up to a delimiter, in pages', async () => {
    for (const key of ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d&e'])
      await call('PUT', `/box/${encodeURIComponent(key).replaceAll('%2F', '/')}`, key);
    const whole = await call('GET', '/box?list-type=2&prefix=l%2F');
    expect(all(whole.text, 'Key')).toEqual(['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d&amp;e']);
    const shallow = await call('GET', '/box?delimiter=%2F&list-type=2&prefix=l%2F');
    expect(all(shallow.text, 'Key')).toEqual(['l/a', 'l/c', 'l/d&amp;e']);
    expect(all(shallow.text, 'Prefix')).toContain('l/b/');
    const keys: unknown[] = [];
    for (let query = 'list-type=2&max-keys=2&prefix=l%2F', pages = 0; query !== '' && pages < 9; pages++) {
      const { text } = await call('GET', `/box?${query}`);
      expect(all(text, 'Key').length).toBeLessThanOrEqual(2);
      keys.push(...all(text, 'Key'));
      const [token] = all(text, 'NextContinuationToken');
      query = token
        ? `continuation-token=${encodeURIComponent(token)}&list-type=2&max-keys=2&prefix=l%2F`
        : '';
    }
    expect(keys).toEqual(['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d&amp;e']);
    const after = await call('GET', '/box?list-type=2&prefix=l%2F&start-after=l%2Fb%2F2');
    expect(all(after.text, 'Key')).toEqual(['l/c', 'l/d&amp;e']);
  });

  test('removes one and many, and what is not there without a word', async () => {
    for (const key of ['r/1', 'r/2', 'r/3']) await call('PUT', `/box/${key}`, key);
    expect((await call('DELETE', '/box/r/1')).status).toBe(204);
    expect((await call('DELETE', '/box/r/1')).status).toBe(204);
    const body = '<Delete><Object><Key>r/2</Key></Object><Object><Key>r/none</Key></Object></Delete>';
    const many = await call('POST', '/box?delete=', body, {
      'content-md5': createHash('md5').update(body).digest('base64'),
    });
    expect(many.status).toBe(200);
    expect(all((await call('GET', '/box?list-type=2&prefix=r%2F')).text, 'Key')).toEqual(['r/3']);
  });

  test('copies', async () => {
    await call('PUT', '/box/from', 'copied');
    const copied = await call('PUT', '/box/to', '', { 'x-amz-copy-source': '/box/from' });
    expect(copied.status).toBe(200);
    expect((await call('GET', '/box/to')).text).toBe('copied');
  });

  test('takes an upload in parts, and only where there is nothing yet if asked to', async () => {
    const large = 'x'.repeat(5 * 1024 * 1024);
    const upload = async (conditions: Record<string, string>) => {
      const [id] = all((await call('POST', '/box/parts?uploads=')).text, 'UploadId');
      const tags = [];
      for (const [number, part] of [large, 'end'].entries()) {
        const put = await call('PUT', `/box/parts?partNumber=${number + 1}&uploadId=${id}`, part);
        tags.push(put.headers.get('etag'));
      }
      const list = tags.map((tag, n) => `<Part><ETag>${tag}</ETag><PartNumber>${n + 1}</PartNumber></Part>`);
      const xmlns = 'http://s3.amazonaws.com/doc/2006-03-01/';
      const body = `<CompleteMultipartUpload xmlns="${xmlns}">${list.join('')}</CompleteMultipartUpload>`;
      return await call('POST', `/box/parts?uploadId=${id}`, body, conditions);
    };
    const done = await upload({ 'if-none-match': '*' });
    expect(done.status).toBe(200);
    expect(all(done.text, 'ETag')[0]?.replaceAll('&quot;', '"')).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect((await call('HEAD', '/box/parts')).headers.get('content-length')).toBe(String(large.length + 3));
    const again = await upload({ 'if-none-match': '*' });
    expect([again.status, codeOf(again.text)]).toEqual([412, 'PreconditionFailed']);
  });

  test('knows no other bucket', async () => {
    for (const [method, path] of [
      ['GET', '/no-box?list-type=2'],
      ['GET', '/no-box/key'],
      ['PUT', '/no-box/key'],
    ] as const) {
      const answer = await call(method, path, method === 'PUT' ? 'x' : '');
      expect([answer.status, codeOf(answer.text)]).toEqual([404, 'NoSuchBucket']);
    }
  });

  // Moto takes any key.
  test.runIf(start === own)('refuses who does not sign with its key and its secret', async () => {
    const unknown = await call('GET', '/box/once', '', {}, { ...credentials, accessKeyId: 'other' });
    expect([unknown.status, codeOf(unknown.text)]).toEqual([403, 'InvalidAccessKeyId']);
    const wrong = await call('GET', '/box/once', '', {}, { ...credentials, secretAccessKey: 'other' });
    expect([wrong.status, codeOf(wrong.text)]).toEqual([403, 'SignatureDoesNotMatch']);
    const unsigned = await fetch(`${server.endpoint}/box/once`);
    expect([unsigned.status, codeOf(await unsigned.text())]).toEqual([403, 'AccessDenied']);
  });
});

/** AWS Signature Version 4. The parameters of `path` are in their order. */
function signed(method: string, endpoint: string, path: string, body: string, keys: typeof credentials) {
  const date = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const [resource = '', query = ''] = path.split('?');
  const hash = sha256(body);
  const { host } = new URL(endpoint);
  const names = 'host;x-amz-content-sha256;x-amz-date';
  const canonical = [
    method,
    resource,
    query,
    `host:${host}`,
    `x-amz-content-sha256:${hash}`,
    `x-amz-date:${date}`,
    '',
    names,
    hash,
  ].join('\n');
  const scope = [date.slice(0, 8), 'us-east-1', 's3', 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`);
  const credential = `Credential=${keys.accessKeyId}/${scope.join('/')}`;
  return {
    authorization: `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`,
    'x-amz-content-sha256': hash,
    'x-amz-date': date,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
