/** The guard of the loopback host, as tables of named cases. */
import { describe, expect, test } from 'vitest';
import { accessCookie, isSameToken, presentedToken } from '../../../src-main/host/access-token.ts';
import { type GuardedRequest, judgeRequest } from '../../../src-main/host/request-guard.ts';

const port = 4321;
const program: GuardedRequest = {
  method: 'POST',
  target: 'api',
  host: '127.0.0.1:4321',
  origin: undefined,
  fetchSite: undefined,
  fetchMode: undefined,
};
const ownPage: GuardedRequest = {
  ...program,
  origin: 'http://127.0.0.1:4321',
  fetchSite: 'same-origin',
  fetchMode: 'cors',
};
const link: GuardedRequest = {
  ...program,
  method: 'GET',
  target: 'page',
  fetchSite: 'none',
  fetchMode: 'navigate',
};

const cases: [name: string, request: GuardedRequest, allowed: boolean][] = [
  ['a program that is no browser', program, true],
  ['our own page', ownPage, true],
  [
    'our own page under the name localhost',
    { ...ownPage, host: 'localhost:4321', origin: 'http://localhost:4321' },
    true,
  ],
  ['a typed address', link, true],
  ['a link followed from another site', { ...link, fetchSite: 'cross-site' }, true],
  ['a link followed from another port of this machine', { ...link, fetchSite: 'same-site' }, true],

  ['rebinding: a foreign name that resolves to us', { ...program, host: 'evil.example:4321' }, false],
  [
    'rebinding: a foreign name, seen as same-origin by the browser',
    { ...ownPage, host: 'evil.example:4321', origin: 'http://evil.example:4321' },
    false,
  ],
  ['rebinding: a name that begins with ours', { ...program, host: '127.0.0.1.evil.example:4321' }, false],
  ['rebinding: a name that ends with ours', { ...program, host: 'evil.localhost:4321' }, false],
  ['our address with another port', { ...program, host: '127.0.0.1:4322' }, false],
  ['our address without a port', { ...program, host: '127.0.0.1' }, false],
  ['another spelling of the loopback address', { ...program, host: '127.1:4321' }, false],
  ['no host at all', { ...program, host: undefined }, false],

  [
    'forgery: a form posted by another site',
    { ...ownPage, origin: 'https://evil.example', fetchSite: 'cross-site', fetchMode: 'navigate' },
    false,
  ],
  [
    'forgery: a page on another port of this machine',
    { ...ownPage, origin: 'http://127.0.0.1:8080', fetchSite: 'same-site' },
    false,
  ],
  ['forgery: our address over https', { ...ownPage, origin: 'https://127.0.0.1:4321' }, false],
  ['forgery: a sandboxed frame', { ...ownPage, origin: 'null', fetchSite: 'cross-site' }, false],
  [
    'forgery: a browser that hides the origin but tells the site',
    { ...program, fetchSite: 'cross-site' },
    false,
  ],
  [
    'forgery: a GET of the API by another site',
    { ...program, method: 'GET', fetchSite: 'cross-site', fetchMode: 'navigate' },
    false,
  ],
  [
    'our page as a script or image of another site',
    { ...link, fetchSite: 'cross-site', fetchMode: 'no-cors' },
    false,
  ],
  [
    'our page as the target of another site’s form',
    { ...link, method: 'POST', fetchSite: 'cross-site' },
    false,
  ],
];

describe('judgeRequest', () => {
  test.each(cases)('%s', (_name, request, allowed) => {
    const verdict = judgeRequest(request, port);
    expect(verdict.allowed).toBe(allowed);
    if (!verdict.allowed) expect(verdict.reason).toMatch(/\.$/);
  });
});

describe('the token that a request carries', () => {
  const token = 'abcDEF-123_';
  test.each<[string, { authorization?: string; cookie?: string }, string | null]>([
    ['nothing', {}, null],
    ['a bearer header', { authorization: `Bearer ${token}` }, token],
    ['another scheme', { authorization: `Basic ${token}` }, null],
    ['our cookie', { cookie: `llara_4321=${token}` }, token],
    ['our cookie among others', { cookie: `a=b; llara_4321=${token}; c=d` }, token],
    ['the cookie of a host on another port', { cookie: `llara_4322=${token}` }, null],
    ['a cookie whose name only ends like ours', { cookie: `xllara_4321=${token}` }, null],
  ])('%s', (_name, headers, expected) => {
    expect(presentedToken(headers, port)).toBe(expected);
  });

  test.each<[string, string | null, boolean]>([
    ['the same', token, true],
    ['another of the same length', 'abcDEF-123x', false],
    ['a prefix', 'abcDEF', false],
    ['an empty one', '', false],
    ['none', null, false],
  ])('compared: %s', (_name, given, expected) => {
    expect(isSameToken(given, token)).toBe(expected);
  });

  test('the cookie is out of reach of scripts and of other sites', () => {
    expect(accessCookie(token, port)).toBe(`llara_4321=${token}; Path=/; HttpOnly; SameSite=Strict`);
  });
});
