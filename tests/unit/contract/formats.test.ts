/** The table of formats holds together: no name means two kinds, and what is written in it can be asked for. */
import { describe, expect, it } from 'vitest';
import { documentKinds, formats, kindsNamed, viewerOf } from '../../../src-main/contract/formats.ts';

describe('the table of formats', () => {
  it('gives every extension and file name to one kind', () => {
    const claims = formats.flatMap(({ extensions, fileNames = [] }) => [...extensions, ...fileNames]);
    expect(claims.filter((claim, index) => claims.indexOf(claim) !== index)).toEqual([]);
    for (const claim of claims) expect(claim).toMatch(/^[a-z0-9.+_-]+$/);
  });

  it('never opens what it does not read', () => {
    for (const { extensions, neverOpened = [] } of formats)
      expect(extensions).toEqual(expect.arrayContaining([...neverOpened]));
  });

  it('knows a kind by its own name and by its aliases, in any case', () => {
    for (const kind of documentKinds) expect(kindsNamed(kind.toUpperCase())).toContain(kind);
    expect(kindsNamed('md')).toEqual(['markdown']);
    expect(kindsNamed('novel')).toEqual([]);
  });

  it('shows what has no kind as text', () => {
    expect(viewerOf(null)).toBe('text');
  });
});
