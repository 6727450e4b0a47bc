/** Small files that unpack to very much: each ends alone, in words, and without the memory it asks for. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { Zip, type ZipInputFile, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { ExtractionPool } from '../../../src-main/library/extraction/extraction-pool.ts';
import { makeDocx, wordParagraph } from '../../unit/fixtures/make-docx.ts';

const megabyte = 1024 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'llara-bombs-'));
const pool = new ExtractionPool({ workerCount: 1 });
afterAll(async () => {
  await pool.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** An archive of parts of `megabytes` of spaces each. All parts are the same bytes, so they are compressed once. */
const bomb = (names: readonly string[], megabytes: number): Buffer => {
  const content = Buffer.alloc(megabytes * megabyte, ' ');
  const compressed = deflateRawSync(content, { level: 9 });
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_, piece) => pieces.push(piece));
  for (const filename of names) {
    const part: ZipInputFile = {
      filename,
      compression: 8,
      size: content.length,
      crc: crc32(content),
    };
    zip.add(part);
    part.ondata?.(null, compressed, true);
  }
  zip.end();
  return Buffer.concat(pieces);
};

/** Writes `bytes` for the unpacked size of every part, in both places where an archive states it. */
const lie = (archive: Uint8Array, bytes: number): Buffer => {
  const lying = Buffer.from(archive);
  for (let at = 0; at + 30 < lying.length; at++) {
    const signature = lying.readUInt32LE(at);
    if (signature === 0x04034b50) lying.writeUInt32LE(bytes, at + 22);
    if (signature === 0x02014b50) lying.writeUInt32LE(bytes, at + 24);
  }
  return lying;
};

const chapters = Array.from({ length: 60 }, (_, number) => `chapter-${number}.xhtml`);

describe('a bomb', () => {
  it.each([
    ['one huge part', 'one.docx', () => bomb(['word/document.xml'], 400)],
    ['many parts that are each allowed', 'many.epub', () => bomb(chapters, 40)],
    ['a part that says it is small', 'small.docx', () => lie(bomb(['word/document.xml'], 300), 1000)],
    ['a part that says it is huge', 'huge.docx', () => lie(makeDocx(wordParagraph('A')), 0x7fffffff)],
    [
      'a bomb in a bomb',
      'nested.docx',
      () => zipSync({ 'word/document.xml': bomb(['x'], 400), 'a.zip': bomb(['x'], 9) }),
    ],
  ])('of %s ends in words', async (_, name, make) => {
    const path = join(folder, name);
    writeFileSync(path, make());
    let peakBytes = 0;
    const before = process.memoryUsage.rss();
    const watch = setInterval(() => {
      peakBytes = Math.max(peakBytes, process.memoryUsage.rss() - before);
    }, 20);
    const { outcome } = await pool.extract(path);
    clearInterval(watch);
    expect(['failed', 'empty']).toContain(outcome.state);
    expect(outcome).toHaveProperty('reason');
    expect(peakBytes / megabyte).toBeLessThan(700);
  });

  it('is told from a long document', async () => {
    const path = join(folder, 'long.docx');
    const paragraphs = Array.from({ length: 20_000 }, (_, number) =>
      wordParagraph(`Paragraph ${number} of many.`),
    );
    writeFileSync(path, makeDocx(paragraphs.join('')));
    expect((await pool.extract(path)).outcome.state).toBe('indexed');
  });
});
