/** Files sent with a message are documents of their own: found, shown, moved and forgotten with the message. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAgain } from '../../../src-main/engine/folders/read-again.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let folder: string;

const part = (name: string, type: string, content: string) =>
  [
    '--outer',
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64'),
    '',
  ].join('\r\n');

const message = (subject: string, parts: string[], boundary = 'outer') =>
  [
    'From: ann@x.example',
    `Subject: ${subject}`,
    'Date: Fri, 17 May 2024 11:30:00 +0200',
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary=${boundary}`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain',
    '',
    'See what is attached.',
    ...parts.map((one) => one.replaceAll('--outer', `--${boundary}`)),
    `--${boundary}--`,
    '',
  ].join('\r\n');

const offer = part('offer.txt', 'text/plain', 'The chimney costs nine hundred crowns.');
const list = part('list.csv', 'text/csv', 'Item,Price\nBrick,4\nMortar,12');
const picture = part('logo.png', 'image/png', '\x89PNG\0\0\0\0');
const inner = part('inner.eml', 'message/rfc822', message('Earlier', [list], 'inner'));

const session = () => test.engine.libraries.get('default');
const paths = () =>
  session()
    .documents.list({ offset: 0, limit: 100 })
    .documents.map((document) => document.relativePath);
const found = async (query: string) =>
  (await test.search(query, { mode: 'lexical' })).groups.map((group) => group.document.relativePath);

beforeEach(async () => {
  test = new TestEngine();
  folder = test.path('documents');
  mkdirSync(folder, { recursive: true });
  await test.makeModel();
  await test.open();
  writeFileSync(join(folder, 'roof.eml'), message('The roof', [offer, picture, inner, offer]));
  await test.index(folder);
});

afterEach(async () => await test.close());

describe('an attachment', () => {
  it('is a document of its own, inside attachments too; what nobody reads is not', async () => {
    expect(paths()).toEqual([
      'roof.eml',
      'roof.eml › inner.eml',
      'roof.eml › inner.eml › list.csv',
      'roof.eml › offer (2).txt',
      'roof.eml › offer.txt',
    ]);
    expect(await found('mortar')).toEqual(['roof.eml › inner.eml › list.csv']);
    const query = 'chimney path:roof.eml after:2024-05-17 before:2024-05-18';
    expect((await test.search(query, { mode: 'lexical', foldCopies: false })).groups).toHaveLength(2);
    // The message holds the same file twice: one hit with both places.
    const { groups } = await test.search(query, { mode: 'lexical' });
    const file = join(folder, 'roof.eml');
    expect(groups.map(({ places }) => places?.toSorted())).toEqual([
      [`${file} › offer (2).txt`, `${file} › offer.txt`],
    ]);
  });

  it('is kept by a run that finds nothing changed', async () => {
    expect((await test.index()).result).toMatchObject({ files: 1, read: 0, added: 0, removed: 0 });
    expect(paths()).toHaveLength(5);
  });

  it('moves with its message, and keeps its id', async () => {
    const before = (await test.search('mortar', { mode: 'lexical' })).groups[0]!.document;
    renameSync(join(folder, 'roof.eml'), join(folder, 'chimney.eml'));
    expect((await test.index()).result).toMatchObject({ moved: 1, read: 0 });
    const { document } = (await test.search('mortar path:chimney.eml', { mode: 'lexical' })).groups[0]!;
    expect(document).toMatchObject({
      id: before.id,
      path: `${join(folder, 'chimney.eml')} › inner.eml › list.csv`,
      container: { path: join(folder, 'chimney.eml') },
    });
  });

  it('goes when the message no longer holds it, and when the message goes', async () => {
    const id = (await test.search('mortar', { mode: 'lexical' })).groups[0]!.document.id;
    const offerId = session().documents.list({ pathContains: 'offer.txt', offset: 0, limit: 1 }).documents[0]!
      .id;
    writeFileSync(join(folder, 'roof.eml'), message('The roof, again', [offer]));
    await test.index();
    expect(paths()).toEqual(['roof.eml', 'roof.eml › offer.txt']);
    expect(session().documents.get(offerId)?.relativePath).toBe('roof.eml › offer.txt');
    expect((await session().vectors.active.documentVersions()).has(id)).toBe(false);
    // A folder without any file at all is taken for one whose disk is away.
    writeFileSync(join(folder, 'other.txt'), 'Something else.');
    rmSync(join(folder, 'roof.eml'));
    expect((await test.index()).result).toMatchObject({ removed: 1 });
    expect(paths()).toEqual(['other.txt']);
    expect((await session().vectors.active.documentVersions()).size).toBe(1);
  });

  it('is read again with its message', async () => {
    const { document } = (await test.search('mortar', { mode: 'lexical' })).groups[0]!;
    readAgain(session(), document.id);
    expect((await test.index()).result).toMatchObject({ read: 1 });
    expect(await found('mortar')).toHaveLength(1);
  });

  it('hands out its text and its bytes', async () => {
    const { document } = (await test.search('mortar', { mode: 'lexical' })).groups[0]!;
    const name = 'inner.eml › list.csv';
    const extraction = await session().extraction.extract(document.container!.path, { bytesOf: name });
    expect(extraction.attachments?.find((one) => one.name === name)?.outcome.state).toBe('indexed');
    expect(Buffer.from(extraction.attachmentBytes!).toString()).toBe('Item,Price\nBrick,4\nMortar,12');
  });
});
