/** Texts are kept as they were read, within a bound, and nothing that happens to their file is a failure. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExtractedDocument } from '../../../src-main/library/extraction/extracted-document.ts';
import { ExtractedTexts } from '../../../src-main/library/extraction/extracted-texts.ts';

let directory: string;
let texts: ExtractedTexts;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llara-texts-'));
  texts = new ExtractedTexts(directory);
});
afterEach(() => {
  texts.close();
  rmSync(directory, { recursive: true, force: true });
});
const document = (text: string): ExtractedDocument => ({
  kind: 'text',
  title: 'Title',
  text,
  pages: [{ page: 1, start: 0, end: text.length }],
  headings: [{ level: 1, title: 'Title', start: 0 }],
});
const file = () => join(directory, 'texts.sqlite');

describe('ExtractedTexts', () => {
  it('gives back what was read from the same bytes, also after a restart', () => {
    texts.put('a', 'hash', document('Ü, 𝄞 and more'));
    texts.close();
    texts = new ExtractedTexts(directory);
    expect(texts.get('a', 'hash')).toEqual(document('Ü, 𝄞 and more'));
    expect(texts.get('a', 'other')).toBeUndefined();
    texts.put('a', 'other', document('later'));
    expect(texts.get('a', 'hash')).toBeUndefined();
    expect(texts.get('a', 'other')?.text).toBe('later');
  });

  it('forgets with the document', () => {
    for (const id of ['a', 'b', 'c']) texts.put(id, 'hash', document(id));
    texts.remove(['a']);
    expect([...texts.versions().keys()].sort()).toEqual(['b', 'c']);
    texts.remove(['b']);
    expect(['a', 'b', 'c'].map((id) => texts.get(id, 'hash')?.text)).toEqual([undefined, undefined, 'c']);
  });

  it('keeps no more than its bound, and what was used last', () => {
    texts.close();
    texts = new ExtractedTexts(directory, 2000);
    for (let number = 0; number < 60; number++) texts.put(`${number}`, 'hash', document(`Text ${number}`));
    const kept = Array.from({ length: 60 }, (_, number) => texts.get(`${number}`, 'hash')).filter(Boolean);
    expect(kept.length).toBeLessThan(30);
    expect(kept.length).toBeGreaterThan(5);
    expect(texts.get('59', 'hash')?.text).toBe('Text 59');
  });

  it.each([
    ['is no database', () => writeFileSync(file(), 'x'.repeat(10_000))],
    ['is a folder', () => mkdirSync(join(file(), 'deep'), { recursive: true })],
    [
      'is damaged within',
      () =>
        writeFileSync(file(), Buffer.alloc(statSync(join(directory, 'copy')).size - 4096, 7), { flag: 'r+' }),
    ],
  ])('starts anew where its file %s', (_, damage) => {
    texts.put('a', 'hash', document('before'));
    texts.close();
    writeFileSync(join(directory, 'copy'), Buffer.alloc(3 * 4096));
    if (_ !== 'is damaged within') rmSync(file());
    damage();
    texts = new ExtractedTexts(directory);
    expect(texts.get('a', 'hash')).toBeUndefined();
    texts.put('b', 'hash', document('after'));
    texts.put('b', 'hash', document('after'));
    expect(texts.get('b', 'hash')?.text).toBe('after');
  });

  it('does without where nothing can be written', () => {
    const nowhere = new ExtractedTexts(join(directory, 'no', 'such', 'folder'));
    nowhere.put('a', 'hash', document('text'));
    expect(nowhere.get('a', 'hash')).toBeUndefined();
    nowhere.close();
  });
});
