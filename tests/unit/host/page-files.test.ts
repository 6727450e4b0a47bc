/** Names of page files: what may be asked for, and that nothing outside the folder can be. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { resolvePageFile } from '../../../src-main/host/page-files.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';

describe('resolvePageFile', () => {
  test.each<[string, string, string | null]>([
    ['/', '/page/index.html', 'text/html; charset=utf-8'],
    ['/assets/index-abc.js', '/page/assets/index-abc.js', 'text/javascript; charset=utf-8'],
    ['/pdf.worker.mjs', '/page/pdf.worker.mjs', 'text/javascript; charset=utf-8'],
    ['/wasm/openjpeg.wasm', '/page/wasm/openjpeg.wasm', 'application/wasm'],
    ['/cmaps/UniGB-UCS2-H.bcmap', '/page/cmaps/UniGB-UCS2-H.bcmap', 'application/octet-stream'],
    ['/a%20b.css', '/page/a b.css', 'text/css; charset=utf-8'],
  ])('%s is %s', (pathname, path, mediaType) => {
    expect(resolvePageFile(pathname, '/page')).toEqual({ path, mediaType });
  });

  test.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/a/..%00.json',
    '//etc/x.json',
    '/.env.json',
    '/assets/.hidden/x.js',
    '/%ff.js',
    '/a.js.',
    '/C:%5cx.json',
    '/passwd',
    '/main.ts',
  ])('%s is refused', (pathname) => {
    expect(resolvePageFile(pathname, '/page')).toBeNull();
  });
});

describe('over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'llara-page-'));
  let host: Host;

  beforeAll(async () => {
    mkdirSync(join(folder, 'page', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.json'), '{"secret":true}');
    writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
    writeFileSync(join(folder, 'page', 'assets', 'index-Ab3dEf9h.mjs'), 'export {};');
    symlinkSync(join(folder, 'secret.json'), join(folder, 'page', 'link.json'));
    host = await startHost({ router: createSmallEngine().router, rendererDirectory: join(folder, 'page') });
  });
  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });

  const get = (path: string) =>
    fetch(`${host.url}${path}`, { headers: { authorization: `Bearer ${host.token}` }, redirect: 'manual' });

  test('the page is sent with every protective header', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    const headers = Object.fromEntries(response.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['content-security-policy']).not.toMatch(/script-src[^;]*'unsafe-(inline|eval)'/);
  });

  test('a bundled module may be kept for long', async () => {
    const response = await get('/assets/index-Ab3dEf9h.mjs');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  test.each(['/%2e%2e%2fsecret.json', '/link.json', '/missing.js', '/assets'])(
    '%s is not found',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('secret');
    },
  );
});
