/** What indexing promises: incremental, nothing lost, everything named. */

import { copyFileSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { removeFolder } from '../../../src-main/engine/documents/change-documents.ts';
import { readAllAgain } from '../../../src-main/engine/folders/read-again.ts';
import { indexRequest } from '../../../src-main/engine/jobs/kinds/index-job.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';

let test: TestEngine;
let folder: string;

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const document = (name: string) => {
  const all = test.engine.libraries.get('default').documents.list({ offset: 0, limit: 1000 }).documents;
  return all.find((candidate) => candidate.relativePath === name);
};
const names = async (query: string) =>
  (await test.search(query, { mode: 'lexical' })).groups.map((group) => group.document.relativePath);

beforeEach(async () => {
  test = new TestEngine();
  folder = test.path('documents');
  mkdirSync(folder, { recursive: true });
  await test.makeModel();
  await test.open();
  write('lease.txt', 'The tenancy terminates on the last day of September.');
  write('soup.md', '# Soup\n\nSlice the leeks and simmer them in butter.');
  await test.index(folder);
});

afterEach(async () => await test.close());

describe('an index run', () => {
  it('reads every file once and makes it searchable', async () => {
    expect(await names('leeks')).toEqual(['soup.md']);
    const { result } = await test.index();
    expect(result).toMatchObject({ files: 2, read: 0, added: 0, removed: 0, moved: 0 });
    expect(result.outcomes.indexed).toBe(2);
  });

  it('replaces what a changed file held', async () => {
    write('soup.md', '# Soup\n\nPeel the pumpkin and roast it before anything else.');
    expect((await test.index()).result.read).toBe(1);
    expect(await names('leeks')).toEqual([]);
    expect(await names('pumpkin')).toEqual(['soup.md']);
  });

  it('makes what a changed file says findable, alone, where only words are asked for, and puts the tables in order later', async () => {
    const { vectors } = test.engine.libraries.get('default');
    const { passages } = vectors.store;
    const maintain = vi.spyOn(passages, 'maintain');
    const run = async (only: 'words' | 'vectors' | 'rest') =>
      (await test.engine.jobs.wait(test.engine.jobs.submit(indexRequest('default', { only })).id)).state;
    write('soup.md', '# Soup\n\nPeel the pumpkin and roast it before anything else.');
    expect(await run('words')).toBe('completed');
    expect([await names('pumpkin'), await names('leeks')]).toEqual([['soup.md'], []]);
    expect([vectors.active.isPartlyEmbedded, passages.changedDocuments]).toEqual([true, 1]);
    expect(await run('vectors')).toBe('completed');
    expect([vectors.active.isPartlyEmbedded, passages.changedDocuments]).toEqual([false, 1]);
    expect(maintain).not.toHaveBeenCalled();
    expect(await run('rest')).toBe('completed');
    expect(maintain).toHaveBeenCalledExactlyOnceWith({ force: true, rebuildWords: true });
    expect(passages.changedDocuments).toBe(0);
  });

  it('puts the tables in order at the next start where there was no time for it', async () => {
    write('soup.md', '# Soup\n\nPeel the pumpkin and roast it before anything else.');
    const { jobs } = test.engine;
    await jobs.wait(jobs.submit(indexRequest('default', { only: 'words' })).id);
    await jobs.wait(jobs.submit(indexRequest('default', { only: 'vectors' })).id);
    await test.reopen();
    const { passages } = test.engine.libraries.get('default').vectors.store;
    await expect.poll(() => passages.changedDocuments, { timeout: 20_000 }).toBe(0);
    expect(await names('pumpkin')).toEqual(['soup.md']);
  });

  it('forgets a deleted file', async () => {
    rmSync(join(folder, 'soup.md'));
    expect((await test.index()).result).toMatchObject({ files: 1, removed: 1 });
    expect(await names('leeks')).toEqual([]);
    expect(document('soup.md')).toBeUndefined();
  });

  it('recognises a moved file and keeps its vectors', async () => {
    const before = document('soup.md');
    mkdirSync(join(folder, 'recipes'));
    renameSync(join(folder, 'soup.md'), join(folder, 'recipes', 'leek soup.md'));
    expect((await test.index()).result).toMatchObject({ moved: 1, read: 0, added: 0, removed: 0 });
    expect(document('recipes/leek soup.md')?.id).toBe(before?.id);
    expect(await names('leeks path:recipes')).toEqual(['recipes/leek soup.md']);
  });

  it('does not read again what was only touched', async () => {
    utimesSync(join(folder, 'soup.md'), new Date(), new Date(Date.now() + 5000));
    const { active } = test.engine.libraries.get('default').vectors;
    const rowsBefore = await active.countRows();
    const maintain = vi.spyOn(test.engine.libraries.get('default').vectors.store.passages, 'maintain');
    expect((await test.index()).result).toMatchObject({ files: 2, read: 0 });
    expect(maintain).toHaveBeenCalledWith({ force: false, rebuildWords: false });
    expect(document('soup.md')?.state).toBe('indexed');
    expect(await test.engine.libraries.get('default').vectors.active.countRows()).toBe(rowsBefore);
  });

  it.each(['hybrid', 'lexical', 'dense'] as const)(
    'knows the new date of a file that was only touched, or moved (%s)',
    async (mode) => {
      const found = async (query: string) =>
        (await test.search(query, { mode })).groups.map((group) => group.document.relativePath);
      const old = new Date('2001-02-03T12:00:00Z');
      utimesSync(join(folder, 'soup.md'), old, old);
      await test.index();
      expect(await found('leeks before:2002')).toEqual(['soup.md']);
      expect(await found('leeks after:2002')).not.toContain('soup.md');
      renameSync(join(folder, 'soup.md'), join(folder, 'leeks.md'));
      const recent = new Date('2031-02-03T12:00:00Z');
      utimesSync(join(folder, 'leeks.md'), recent, recent);
      expect((await test.index()).result.moved).toBe(1);
      expect(await found('leeks after:2030 path:leeks')).toEqual(['leeks.md']);
      expect(await found('leeks before:2030')).not.toContain('leeks.md');
    },
  );

  it('indexes a copy as a document of its own', async () => {
    copyFileSync(join(folder, 'soup.md'), join(folder, 'copy.md'));
    expect((await test.index()).result).toMatchObject({ added: 1, moved: 0 });
    const { groups } = await test.search('leeks', { mode: 'lexical', foldCopies: false });
    expect(groups.map((group) => group.document.relativePath).sort()).toEqual(['copy.md', 'soup.md']);
    // A search shows them as one.
    expect(await names('leeks')).toHaveLength(1);
  });

  it('names how every file ended', async () => {
    write('empty.txt', '   \n ');
    writeFileSync(join(folder, 'noise.bin'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 0]));
    write('broken.pdf', '%PDF-1.7 and then nothing of the kind');
    const { result } = await test.index();
    expect(result.outcomes).toMatchObject({ indexed: 2, empty: 1, unsupported: 1, failed: 1, pending: 0 });
    for (const name of ['empty.txt', 'noise.bin', 'broken.pdf']) expect(document(name)?.reason).toBeTruthy();
  });

  it.each([
    ['failed', 'broken.pdf', 'pdf 0'],
    ['unsupported', 'noise.bin', 'none 0 despite no name'],
    ['empty', 'empty.txt', 'text 0'],
  ])(
    'looks again at a file that was %s for the reader of an earlier version, and at no other',
    async (state, name, earlier) => {
      const session = test.engine.libraries.get('default');
      write('empty.txt', '   ');
      writeFileSync(join(folder, 'noise.bin'), Buffer.from([0, 1, 2, 3, 0, 255, 254, 0]));
      write('broken.pdf', '%PDF-1.7 and then nothing of the kind');
      await test.index();
      expect((await test.index()).result.read).toBe(0);
      const { documents } = session;
      const was = documents.get(document(name)!.id)!;
      expect(was.state).toBe(state);
      documents.finish(was.id, { ...was, reader: earlier });
      // What an earlier reader got text out of stays as it is.
      const soup = documents.get(document('soup.md')!.id)!;
      documents.finish(soup.id, { ...soup, reader: 'markdown 0' });
      const seen = vi.spyOn(session.extraction, 'read');
      expect((await test.index()).result.read).toBe(1);
      expect(seen.mock.calls.map(([path]) => path)).toEqual([was.path]);
      expect(documents.get(was.id)).toMatchObject({ state, reader: was.reader });
      expect((await test.index()).result.read).toBe(0);
    },
  );

  it('reads a file that was too large, once it may be', async () => {
    test.engine.settings.update({ maxFileMegabytes: 1 });
    write('soup.md', '# Soup\n\nPeel the pumpkin and roast it.'.padEnd(1_200_000));
    await test.index();
    expect(document('soup.md')?.state).toBe('too-large');
    test.engine.settings.update({ maxFileMegabytes: 2 });
    await test.index();
    expect(document('soup.md')?.state).toBe('indexed');
  });

  it('keeps what was read of a file that cannot be opened just now', async () => {
    const session = test.engine.libraries.get('default');
    readAllAgain(session);
    const read = session.extraction.read.bind(session.extraction);
    const failing = vi
      .spyOn(session.extraction, 'read')
      .mockImplementation((path, tokens, limits) => read(`${path}.away`, tokens, limits));
    await test.index();
    expect(document('soup.md')).toMatchObject({ state: 'pending', reason: expect.stringMatching(/ENOENT/) });
    expect(await names('leeks')).toEqual(['soup.md']);
    failing.mockRestore();
    await test.index();
    expect(document('soup.md')).toMatchObject({ state: 'indexed', reason: null });
  });

  it('leaves out what is excluded, also after the fact', async () => {
    const session = test.engine.libraries.get('default');
    session.folders.setExclude(session.folders.list()[0]!.id, ['*.md']);
    await test.index();
    expect(document('soup.md')).toBeUndefined();
    expect(await names('leeks')).toEqual([]);
  });

  it('keeps the documents of a folder that is not there just now', async () => {
    renameSync(folder, `${folder}-unplugged`);
    // Even when all of them are to be read again.
    readAllAgain(test.engine.libraries.get('default'));
    await test.index();
    const [known] = test.engine.libraries.get('default').folders.list();
    expect(known?.unavailable).toMatch(/not there just now/);
    expect(await names('leeks')).toEqual(['soup.md']);
    renameSync(`${folder}-unplugged`, folder);
    await test.index();
    expect(test.engine.libraries.get('default').folders.list()[0]?.unavailable).toBeNull();
  });

  it('keeps the documents of a disk that is not connected, where its empty folder is left', async () => {
    renameSync(folder, `${folder}-unplugged`);
    mkdirSync(folder);
    expect((await test.index()).result).toMatchObject({ files: 0, removed: 0 });
    expect(test.engine.libraries.get('default').folders.list()[0]?.unavailable).toMatch(/is empty, though 2/);
    expect(await names('leeks')).toEqual(['soup.md']);
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-unplugged`, folder);
    expect((await test.index()).result).toMatchObject({ files: 2, removed: 0, read: 0 });
  });

  it('keeps the documents where another disk is in the place of theirs', async () => {
    const { folders } = test.engine.libraries.get('default');
    const { id } = folders.list()[0]!;
    const device = folders.device(id)!;
    renameSync(folder, `${folder}-unplugged`);
    mkdirSync(folder);
    write('other.txt', 'Of another disk.');
    folders.setDevice(id, 'another');
    expect((await test.index()).result).toMatchObject({ files: 0, added: 0, removed: 0 });
    expect(folders.list()[0]?.unavailable).toMatch(/on another disk/);
    // The same disk, which the system counts anew.
    rmSync(folder, { recursive: true });
    renameSync(`${folder}-unplugged`, folder);
    expect((await test.index()).result).toMatchObject({ files: 2, removed: 0, read: 0 });
    expect(folders.device(id)).toBe(device);
    expect(folders.list()[0]?.unavailable).toBeNull();
  });

  it('names a file that is kept in the cloud, keeps what was read of it, and reads it once it is here', async () => {
    renameSync(join(folder, 'soup.md'), join(folder, '.soup.md.icloud'));
    write('.new.txt.icloud', 'a plist');
    const { result } = await test.index();
    expect(result).toMatchObject({ files: 3, added: 1, removed: 0 });
    expect(document('new.txt')).toMatchObject({
      state: 'unsupported',
      reason: expect.stringMatching(/cloud/),
    });
    expect(await names('leeks')).toEqual(['soup.md']);
    rmSync(join(folder, '.new.txt.icloud'));
    write('new.txt', 'The pumpkin is here.');
    await test.index();
    expect(document('new.txt')).toMatchObject({ state: 'indexed' });
    expect(await names('pumpkin')).toEqual(['new.txt']);
  });

  it('survives a restart of the engine', async () => {
    await test.reopen();
    expect(await names('leeks')).toEqual(['soup.md']);
    expect((await test.index()).result).toMatchObject({ read: 0, added: 0 });
  });

  it('removes a folder with everything it had', async () => {
    const session = test.engine.libraries.get('default');
    await removeFolder(session, session.folders.list()[0]!.id);
    expect(await names('leeks')).toEqual([]);
    expect(await session.vectors.active.countRows()).toBe(0);
  });
});

describe('the text of a document', () => {
  const client = () => createRouterClient(createRouter(test.engine));
  const text = async (name: string) => await client().documents.text({ documentId: document(name)!.id });

  it('is the one that was read, and says when the file has changed, which is then read again', async () => {
    const seen = vi.spyOn(test.engine.extraction, 'extract');
    expect(await text('soup.md')).toMatchObject({ changedAt: null, text: expect.stringContaining('leeks') });
    utimesSync(join(folder, 'soup.md'), new Date(), new Date(Date.now() + 5000));
    expect((await text('soup.md')).changedAt).toBeNull();
    expect(seen).not.toHaveBeenCalled();
    write('soup.md', '# Soup\n\nPeel the pumpkin and roast it before anything else.');
    const changed = await text('soup.md');
    expect(changed.text).toContain('leeks');
    expect(changed.changedAt).toBe(Math.floor(statSync(join(folder, 'soup.md')).mtimeMs));
    await expect
      .poll(() => test.engine.jobs.list().every(({ endedAt }) => endedAt !== null), { timeout: 20_000 })
      .toBe(true);
    expect(await text('soup.md')).toMatchObject({
      changedAt: null,
      text: expect.stringContaining('pumpkin'),
    });
  });

  it('is shown of a file that is gone, and forgotten with it', async () => {
    const { id } = document('soup.md')!;
    rmSync(join(folder, 'soup.md'));
    expect((await client().documents.text({ documentId: id })).text).toContain('leeks');
    const { contentHash } = test.engine.libraries.get('default').documents.get(id)!;
    await test.index();
    expect(test.engine.libraries.get('default').texts.get(id, contentHash!)).toBeUndefined();
  });

  it('is read anew where it is not kept', async () => {
    const { texts } = test.engine.libraries.get('default');
    texts.remove([...texts.versions().keys()]);
    expect(await text('soup.md')).toMatchObject({ changedAt: null, text: expect.stringContaining('leeks') });
    texts.remove([...texts.versions().keys()]);
    write('soup.md', 'Peel the pumpkin.');
    expect(await text('soup.md')).toMatchObject({
      changedAt: expect.any(Number),
      text: 'Peel the pumpkin.',
    });
  });
});

describe('a library', () => {
  it('is locked against a second engine, with a message that names the holder', async () => {
    const second = new TestEngine();
    Object.assign(second, { home: test.home });
    await expect(second.open()).rejects.toMatchObject({
      code: 'library-locked',
      message: expect.stringContaining(String(process.pid)),
    });
  });

  it('answers by words while there is no encoder, says so, and gets vectors once there is one', async () => {
    const bare = new TestEngine();
    const notes = bare.path('documents');
    mkdirSync(notes, { recursive: true });
    writeFileSync(join(notes, 'a.txt'), 'The ferry leaves at seven in the morning.');
    await bare.open();
    await bare.index(notes);
    const answer = await bare.search('ferry');
    expect(answer.mode).toBe('lexical');
    expect(answer.notices.join(' ')).toMatch(/words/);
    expect(answer.groups).toHaveLength(1);

    await bare.makeModel();
    const engine = await bare.reopen();
    const job = engine.jobs.list().at(-1);
    expect((await engine.jobs.wait(job!.id)).state).toBe('completed');
    const { meaning } = engine.libraries.get('default').describe();
    expect(meaning).toEqual({ passages: 1, embedded: 1 });
    expect((await bare.search('ferry')).mode).toBe('hybrid');
    await bare.close();
  });
});
