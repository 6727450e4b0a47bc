/** Paths as Windows, macOS and Linux write and compare them, tried on whichever of them this runs. */
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expandHome } from '../../../src-main/common/paths/expand-home.ts';
import { foldPath } from '../../../src-main/common/paths/fold-path.ts';
import { isSamePath } from '../../../src-main/common/paths/is-same-path.ts';
import { movePath } from '../../../src-main/common/paths/move-path.ts';
import { pathBelow } from '../../../src-main/common/paths/path-below.ts';
import { excludeFromAbove } from '../../../src-main/library/watching/exclusion.ts';

describe('pathBelow', () => {
  it.each<[NodeJS.Platform, string, string, string | null]>([
    ['linux', '/home/ann', '/home/ann/papers/2024', 'papers/2024'],
    ['linux', '/home/ann', '/home/ann', ''],
    ['linux', '/home/ann/', '/home/ann/papers/', 'papers'],
    ['linux', '/home/ann', '/home/anna', null],
    ['linux', '/home/ann/papers', '/home/ann', null],
    ['linux', '/home/Ann', '/home/ann/papers', null],
    ['linux', '/', '/home', 'home'],
    ['linux', '/a', '/a/b\\c', 'b\\c'],
    ['darwin', '/Users/Ann', '/users/ann/Papers', 'Papers'],
    ['darwin', '/Users/Rene\u0301', '/Users/Ren\u00e9/Papers', 'Papers'],
    ['win32', 'C:\\Users\\Ann', 'c:\\users\\ann\\Papers\\2024', 'Papers/2024'],
    ['win32', 'C:\\Users\\Ann', 'C:/Users/Ann/Papers', 'Papers'],
    ['win32', 'C:\\Users\\Ann', 'C:\\Users\\Anna', null],
    ['win32', 'C:\\', 'c:\\Users', 'Users'],
    ['win32', 'C:\\', 'D:\\Users', null],
    ['win32', '\\\\server\\share\\', '\\\\SERVER\\share\\papers', 'papers'],
    ['win32', '\\\\server\\share\\papers', '\\\\server\\other\\papers', null],
  ])('on %s, from %s to %s: %s', (platform, outer, inner, expected) => {
    expect(pathBelow(outer, inner, platform)).toBe(expected);
  });
});

it.each<[NodeJS.Platform, string, string, boolean]>([
  ['linux', '/home/Ann/a.pdf', '/home/ann/a.pdf', false],
  ['linux', '/home/ann/./a.pdf', '/home/ann/a.pdf', true],
  ['darwin', '/Users/Ann/Re\u0301sume\u0301.pdf', '/users/ann/r\u00e9sum\u00e9.pdf', true],
  ['win32', 'c:/users/ann/A.pdf', 'C:\\Users\\Ann\\a.pdf', true],
  ['win32', '\\\\Server\\Share\\a.pdf', '\\\\server\\share\\a.pdf', true],
  ['win32', 'C:\\a.pdf', 'D:\\a.pdf', false],
])('on %s, %s and %s are one place: %s', (platform, one, other, expected) => {
  expect(isSamePath(one, other, platform)).toBe(expected);
});

it.each([
  ['C:\\Users\\Ann\\Reports\\Lease.pdf', 'reports/lease'],
  ['/Users/Ann/Re\u0301sume\u0301.pdf', 'R\u00e9sum\u00e9'],
  ['/home/ann/ÄRGER.md', 'ärger'],
])('%s holds what is typed as %s', (path, typed) => {
  expect(foldPath(path)).toContain(foldPath(typed));
});

it.each<[NodeJS.Platform, string, string, string]>([
  ['linux', '~/Documents', '/home/ann', '/home/ann/Documents'],
  ['linux', '~', '/home/ann', '/home/ann'],
  ['linux', '/a/~/b', '/home/ann', '/a/~/b'],
  ['win32', '~\\Documents', 'C:\\Users\\Ann', 'C:\\Users\\Ann\\Documents'],
  ['win32', '~/Documents', 'C:\\Users\\Ann', 'C:\\Users\\Ann\\Documents'],
  ['win32', 'd:/papers', 'C:\\Users\\Ann', 'd:\\papers'],
])('on %s, %s of a person at %s is %s', (platform, typed, home, expected) => {
  expect(expandHome(typed, home, platform)).toBe(expected);
});

it.each([
  ['/home/ann/papers/a/b.pdf', '/home/ann/papers', '/srv/papers', '/srv/papers/a/b.pdf'],
  ['C:\\Papers\\a\\b.pdf', 'C:\\Papers', '/srv/papers', '/srv/papers/a/b.pdf'],
  ['D:\\a\\b.pdf', 'D:\\', '/srv/stick', '/srv/stick/a/b.pdf'],
  ['/a/b.pdf', '/', '/srv/disk', '/srv/disk/a/b.pdf'],
  ['/home/ann/a/b.pdf', '/home/ann', 'E:\\ann', 'E:\\ann\\a\\b.pdf'],
  ['\\\\nas\\docs\\a.pdf', '\\\\nas\\docs', 'E:\\', 'E:\\a.pdf'],
  ['/home/ann/lease.pdf', '/home/ann/lease.pdf', '/srv/lease.pdf', '/srv/lease.pdf'],
])('%s, with %s at %s, is %s', (path, from, to, expected) => {
  expect(movePath(path, from, to)).toBe(expected);
});

describe('excludeFromAbove', () => {
  it.each([
    ['*.log', 'papers', 'papers/old/a.log', true],
    ['*.log', 'papers', 'other/a.log', false],
    ['drafts/', 'papers', 'papers/x/drafts', true],
    ['old/x', 'papers', 'papers/old/x', true],
    ['old/x', 'papers', 'papers/more/old/x', false],
    ['*.log', 'tax (2024) [copy]', 'tax (2024) [copy]/a.log', true],
  ])('%s below %s, for %s: %s', (pattern, below, path, expected) => {
    expect(matchesGlob(path, excludeFromAbove(pattern, below)!)).toBe(expected);
  });

  it('takes back what was taken back, there and nowhere else', () => {
    expect(excludeFromAbove('!node_modules', 'web')).toBe('!web/**/node_modules');
  });

  it('says nothing where the pattern says nothing', () => expect(excludeFromAbove(' ', 'a')).toBeNull());
});
