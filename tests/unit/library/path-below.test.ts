/** Which folder holds which, as Windows, macOS and Linux compare paths; and what an exclusion means from a folder above. */
import { matchesGlob } from 'node:path';
import { describe, expect, it } from 'vitest';
import { excludeFromAbove } from '../../../src-main/library/watching/exclusion.ts';
import { pathBelow } from '../../../src-main/library/watching/path-below.ts';

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
