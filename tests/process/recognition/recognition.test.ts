/** Scans and pictures: stated as waiting, read by a job of its own, then found by their words; and whatever a file holds, it ends named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecognitionResult } from '../../../src-main/contract/recognition/recognition.ts';
import { readAllAgain } from '../../../src-main/engine/folders/read-again.ts';
import { documentText } from '../../../src-main/engine/indexing/document-text.ts';
import { recogniseRequest } from '../../../src-main/engine/jobs/kinds/recognise-job.ts';
import { planRecognition } from '../../../src-main/engine/recognition/plan-recognition.ts';
import { englishData, scanPdf, scanPng, scanTiff, turnedScanPng } from '../../support/scans.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let folder: string;

const session = () => test.engine.libraries.get('default');
const document = (name: string) =>
  session()
    .documents.list({ offset: 0, limit: 100 })
    .documents.find(({ relativePath }) => relativePath === name)!;
const plan = async () => planRecognition(session(), await test.engine.languageFiles.installed());
const found = async (query: string) => {
  const { groups } = await test.search(query, { mode: 'lexical' });
  return groups.map((group) => group.document.relativePath);
};
/** Runs text recognition and the index run that it asks for. */
const recognise = async (): Promise<RecognitionResult> => {
  const { jobs } = test.engine;
  const job = await jobs.wait(jobs.submit(recogniseRequest('default')).id);
  if (job.state !== 'completed') throw new Error(`Recognition ${job.state}: ${job.failure?.message}`);
  const result = job.result as RecognitionResult;
  if (result.indexJobId) await jobs.wait(result.indexJobId);
  return result;
};

beforeEach(async () => {
  test = new TestEngine();
  folder = test.path('documents');
  mkdirSync(folder, { recursive: true });
  await test.makeModel();
  await test.open();
});
afterEach(async () => await test.close());

describe('a scan and a picture', () => {
  it('wait, are read once there is language data, and are found by their words then', async () => {
    writeFileSync(
      join(folder, 'scan0012.pdf'),
      await scanPdf(
        'City of Bristol, Register Office',
        'Certificate of birth, entry 214, Mila Edith Harlow.',
      ),
    );
    writeFileSync(join(folder, 'receipt.png'), scanPng('Gardiner Haskins', 'Ladder, aluminium, 3 m.'));
    await test.index(folder);
    expect(document('scan0012.pdf')).toMatchObject({ state: 'scan', kind: 'pdf', waitingPages: [1] });
    expect(document('receipt.png')).toMatchObject({ state: 'scan', kind: 'picture', chunkCount: 0 });
    expect(document('receipt.png').reason).toContain('text recognition has not read yet');
    expect(await plan()).toMatchObject({ documents: 2, pages: 2, isMeasured: false, languages: [] });
    await expect(recognise()).rejects.toThrow('llara languages download');

    await test.engine.languageFiles.import(englishData);
    expect(await recognise()).toMatchObject({ pages: 2, withText: 2, failed: 0 });
    expect(document('scan0012.pdf')).toMatchObject({ state: 'indexed', reason: null, pageCount: 1 });
    expect(document('scan0012.pdf').waitingPages).toBeUndefined();
    expect(await found('certificate of birth')).toEqual(['scan0012.pdf']);
    expect(await found('aluminium ladder type:picture')).toEqual(['receipt.png']);
    expect(await plan()).toMatchObject({ documents: 0, pages: 0 });

    // What was recognised is kept by the bytes: reading the file anew needs no second look at the picture.
    readAllAgain(session());
    await test.index();
    expect(await found('certificate of birth')).toEqual(['scan0012.pdf']);
    expect(await plan()).toMatchObject({ pages: 0 });
  });

  it('is left alone in a folder where that is switched off', async () => {
    writeFileSync(join(folder, 'receipt.png'), scanPng('Ladder, aluminium, 3 m.'));
    await test.index(folder);
    await test.engine.languageFiles.import(englishData);
    const [{ id } = { id: '' }] = session().folders.list();
    session().folders.setRecognise(id, false);
    expect(await plan()).toMatchObject({ pages: 0, pagesSwitchedOff: 1 });
    expect(await recognise()).toMatchObject({ pages: 0, indexJobId: null });
    expect(document('receipt.png').state).toBe('scan');
  });
});

describe('pages as they come out of a scanner', () => {
  it('are read on their side and upside down, with their words where they are shown', async () => {
    const lines = [
      'The certificate of birth was issued in the presence',
      'of two witnesses, one of them a harbour pilot.',
    ];
    // Another number makes another document of each, and no copy.
    for (const quarters of [1, 2, 3] as const)
      writeFileSync(
        join(folder, `turned-${quarters}.png`),
        turnedScanPng(quarters, ...lines, `Entry ${quarters}47.`),
      );
    await test.index(folder);
    await test.engine.languageFiles.import(englishData);
    expect(await recognise()).toMatchObject({ pages: 3, withText: 3 });
    expect((await found('harbour pilot')).sort()).toEqual(['turned-1.png', 'turned-2.png', 'turned-3.png']);
    // The right end of the second line is below on a page that was turned clockwise, at the left of one upside down, and above on the third.
    const pilot = (name: string) => {
      const stored = session().recognised.get(session().documents.get(document(name).id)!.contentHash!, 1);
      if (!stored || !('page' in stored)) throw new Error(`${name} was not read.`);
      const { page } = stored;
      const { left, top, width, height } = page.words.find(({ text }) => text.startsWith('pilot'))!;
      return [(left + width / 2) / page.width, (top + height / 2) / page.height, height > width] as const;
    };
    const [x1, y1, isUpright1] = pilot('turned-1.png');
    const [x2, y2] = pilot('turned-2.png');
    const [x3, y3] = pilot('turned-3.png');
    expect(isUpright1).toBe(true);
    expect(x1).toBeLessThan(0.6);
    expect(x3).toBeCloseTo(1 - x1, 1);
    expect(y3).toBeCloseTo(1 - y1, 1);
    expect(x2).toBeCloseTo(1 - y1, 1);
    expect(y2).toBeCloseTo(x1, 1);
  });

  it('are read from all pages of a TIFF', async () => {
    writeFileSync(
      join(folder, 'fax.tif'),
      scanTiff(['The first page speaks of an anchor.'], ['The second page speaks of a lantern.']),
    );
    await test.index(folder);
    expect(document('fax.tif')).toMatchObject({ state: 'scan', waitingPages: [1, 2] });
    await test.engine.languageFiles.import(englishData);
    expect(await recognise()).toMatchObject({ pages: 2, withText: 2 });
    expect(document('fax.tif')).toMatchObject({ state: 'indexed', pageCount: 2 });
    expect(await found('lantern')).toEqual(['fax.tif']);
    const whole = session().documents.get(document('fax.tif').id)!;
    const { text, pages } = await documentText(session(), whole, {});
    const [first, second] = pages.map(({ start, end }) => text.slice(start, end));
    expect(first).toContain('anchor');
    expect(second).toContain('lantern');
  });

  it('are read where they hang on a message, and logos are not', async () => {
    writeFileSync(
      join(folder, 'mail.eml'),
      messageWith({
        'receipt.png': scanPng(
          'Gardiner Haskins',
          'Broad Plain',
          'Ladder, aluminium',
          'Paid by card',
          'Thank you',
        ),
        'logo.png': scanPng('Gardiner Haskins'),
      }),
    );
    await test.index(folder);
    await test.engine.languageFiles.import(englishData);
    expect(await recognise()).toMatchObject({ pages: 1, withText: 1 });
    expect(await found('aluminium ladder')).toEqual(['mail.eml › receipt.png']);
  });
});

const messageWith = (attachments: Record<string, Uint8Array>): string =>
  [
    'From: Ada <ada@example.org>',
    'Subject: The receipt',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain',
    '',
    'It hangs on this message.',
    ...Object.entries(attachments).flatMap(([name, bytes]) => [
      '--part',
      `Content-Type: image/png; name="${name}"`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: attachment; filename="${name}"`,
      '',
      Buffer.from(bytes).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ]),
    '--part--',
    '',
  ].join('\r\n');

/** A PNG whose head states a size that its few bytes unfold to. */
const bomb = (): Uint8Array => {
  const png = Buffer.from(scanPng('x'));
  png.writeUInt32BE(60_000, 16);
  png.writeUInt32BE(60_000, 20);
  return png;
};

/** Leaves and grain: light and dark without any letters. */
const noise = (width: number, height: number): Uint8Array => {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bytes = Buffer.alloc(54 + rowBytes * height);
  bytes.write('BM');
  bytes.writeUInt32LE(bytes.length, 2);
  bytes.writeUInt32LE(54, 10);
  bytes.writeUInt32LE(40, 14);
  bytes.writeInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(1, 26);
  bytes.writeUInt16LE(24, 28);
  let state = 12345;
  for (let at = 54; at < bytes.length; at++) {
    state = (state * 1103515245 + 12345) % 2147483648;
    bytes[at] = 120 + Math.round(60 * Math.sin(at / 211)) + (state % 50);
  }
  return bytes;
};

describe('language data that cannot be used', () => {
  it('fails the job with what to do, and leaves the pages waiting', async () => {
    writeFileSync(join(folder, 'receipt.png'), scanPng('Ladder, aluminium, 3 m.'));
    await test.index(folder);
    const head = Buffer.alloc(2000);
    head.writeInt32LE(24);
    await test.engine.languageFiles.put('xyz', head, 'xyz.traineddata');
    await expect(recognise()).rejects.toThrow('Remove it and get it again');
    expect(document('receipt.png').state).toBe('scan');
    expect(await plan()).toMatchObject({ pages: 1 });
  });
});

describe('a run that was killed', () => {
  it('goes on with the pages that were not done', async () => {
    const texts = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'];
    for (const word of texts)
      writeFileSync(join(folder, `${word}.png`), scanPng(`The word of this page is ${word}.`));
    await test.index(folder);
    await test.engine.languageFiles.import(englishData);
    await test.engine.close();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'recognise-until-killed.ts')], {
      env: { ...process.env, LLARA_HOME: test.home },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    for await (const line of createInterface({ input: child.stdout })) {
      if (Number(line) >= 2) child.kill('SIGKILL');
    }
    await ended;
    const { jobs } = await test.open();
    const { pages } = await plan();
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(texts.length);
    // The job of the journal goes on by itself; whatever it does, no page is read a second time.
    const left = jobs.list().find(({ kind, state }) => kind === 'recognise' && state !== 'completed');
    expect(left).toBeDefined();
    const job = await jobs.wait(left!.id);
    expect(job.result).toMatchObject({ pages, failed: 0 });
    await jobs.wait((job.result as RecognitionResult).indexJobId!);
    for (const word of texts) expect(await found(word)).toEqual([`${word}.png`]);
  });
});

describe('a document that no text was read from', () => {
  it('is found by its name, with what became of it, and opens', async () => {
    writeFileSync(join(folder, 'scan0012.pdf'), await scanPdf('Certificate of birth'));
    writeFileSync(join(folder, 'holiday film.mp4'), '\0\0\0 ftyp');
    writeFileSync(join(folder, 'notes.md'), 'The film of the holiday was scan0012 in the list.');
    await test.index(folder);
    const { groups } = await test.search('scan0012', { mode: 'lexical' });
    expect(groups.map(({ document, hits }) => [document.relativePath, hits.length])).toEqual([
      ['scan0012.pdf', 0],
      ['notes.md', 1],
    ]);
    expect(groups[0]!.document).toMatchObject({ state: 'scan', chunkCount: 0 });
    expect(await found('holiday film')).toContain('holiday film.mp4');
    // What a filter or a phrase asks of passages, a document without any cannot meet.
    expect(await found('"scan0012"')).toEqual(['notes.md']);
    expect(await found('scan0012 type:md')).toEqual(['notes.md']);
    const opened = await documentText(session(), session().documents.get(document('scan0012.pdf').id)!, {});
    expect(opened).toMatchObject({ text: '', document: { reason: expect.stringContaining('picture') } });
  });
});

describe('whatever a picture holds', () => {
  it('it ends named: decompression bombs, cut files, other kinds, photos without text', async () => {
    const whole = scanPng('Ladder, aluminium, 3 m, returned within 30 days only.');
    writeFileSync(join(folder, 'bomb.png'), bomb());
    writeFileSync(join(folder, 'cut.png'), whole.subarray(0, Math.floor(whole.length / 2)));
    writeFileSync(join(folder, 'letters.png'), 'no picture at all');
    writeFileSync(join(folder, 'leaves.bmp'), noise(640, 480));
    writeFileSync(join(folder, 'whole.png'), whole);
    await test.index(folder);
    await test.engine.languageFiles.import(englishData);
    expect(await recognise()).toMatchObject({ pages: 3, withText: 1, failed: 1 });
    expect(document('bomb.png')).toMatchObject({ state: 'failed' });
    expect(document('bomb.png').reason).toContain('3600 million pixels');
    expect(document('cut.png')).toMatchObject({ state: 'failed' });
    expect(document('cut.png').reason).toContain('cannot be decoded');
    expect(document('letters.png').state).toBe('failed');
    expect(document('leaves.bmp')).toMatchObject({
      state: 'empty',
      reason: 'Text recognition found no text in it.',
    });
    expect(document('whole.png').state).toBe('indexed');
    expect(await plan()).toMatchObject({ pages: 0 });
  });
});
