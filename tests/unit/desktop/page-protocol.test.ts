import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerPageRequest } from '../../../src-main/desktop/security/answer-page-request.ts';
import { resolvePageFile } from '../../../src-main/desktop/security/resolve-page-file.ts';

describe('the page protocol', () => {
  const outside = mkdtempSync(join(tmpdir(), 'llara-page-'));
  const folder = join(outside, 'renderer');

  beforeAll(() => {
    mkdirSync(join(folder, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'index.html'), '<p>page</p>');
    writeFileSync(join(folder, 'assets/index-Ab_3-x.js'), 'export {};');
    writeFileSync(join(outside, 'secret.html'), 'secret');
  });
  afterAll(() => rmSync(outside, { recursive: true, force: true }));

  it.each([
    ['app://llara/', 'index.html'],
    ['app://llara/index.html', 'index.html'],
    ['app://llara/index.html?x=1#/document/7', 'index.html'],
    ['app://llara/assets/index-Ab_3-x.js', 'assets/index-Ab_3-x.js'],
    // The URL parser itself ends these inside the folder.
    ['app://llara/../secret.html', 'secret.html'],
  ])('names the file of %s', (url, name) => {
    expect(resolvePageFile('GET', url, folder)).toMatchObject({ type: 'file', path: join(folder, name) });
  });

  it.each([
    ['GET', 'app://llara/%2e%2e%2fsecret.html', 400],
    ['GET', 'app://llara/..%2fsecret.html', 400],
    ['GET', 'app://llara/assets%2findex-Ab_3-x.js', 400],
    ['GET', 'app://llara/..%5csecret.html', 400],
    ['GET', 'app://llara/%00index.html', 400],
    ['GET', 'app://llara/%ff.html', 400],
    ['GET', 'app://llara//etc/passwd.html', 400],
    ['GET', 'app://llara/c:%5cwindows%5cwin.json', 400],
    ['GET', 'app://llara/.env.json', 400],
    ['GET', 'app://llara/index.html.', 400],
    ['GET', 'app://llara/index', 404],
    ['GET', 'app://llara/data.sqlite', 404],
    ['GET', 'app://elsewhere/index.html', 403],
    ['GET', 'file:///etc/passwd', 403],
    ['GET', 'https://llara/index.html', 403],
    ['GET', 'not a url', 400],
    ['POST', 'app://llara/index.html', 405],
  ])('refuses %s %s with %i', (method, url, status) => {
    expect(resolvePageFile(method, url, folder)).toEqual({ type: 'refused', status });
  });

  it('sends a file with its type and the policy', async () => {
    const response = await answerPageRequest(new Request('app://llara/index.html'), folder);
    expect(await response.text()).toBe('<p>page</p>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('gives nothing for a missing file, a folder, or a refusal, and keeps the policy', async () => {
    for (const url of [
      'app://llara/none.html',
      'app://llara/assets.js',
      'app://llara/%2e%2e%2fsecret.html',
    ]) {
      const response = await answerPageRequest(new Request(url), folder);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(await response.text()).toBe('');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('answers HEAD without a body', async () => {
    const response = await answerPageRequest(
      new Request('app://llara/index.html', { method: 'HEAD' }),
      folder,
    );
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});
