/** A library goes to another data folder in one file: there the same questions find the same documents, and what a person made is there. */
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportRequest } from '../../../src-main/contract/libraries.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const questions = ['who repaired the roof', 'apples in the valley', '"old boat"', 'note-3'];
let here: TestEngine;
let there: TestEngine;
let archive: string;

const clientOf = ({ engine }: TestEngine) => createRouterClient(createRouter(engine));
const finish = ({ engine }: TestEngine) =>
  Promise.all(engine.jobs.list().map(async ({ id }) => await engine.jobs.wait(id)));

async function exported(withIndex: boolean): Promise<void> {
  const { jobId } = await clientOf(here).libraries.export({ path: archive, withIndex });
  expect(await here.engine.jobs.wait(jobId)).toMatchObject({ state: 'completed' });
}

async function imported(request: Partial<ImportRequest> = {}) {
  const { jobId } = await clientOf(there).libraries.import({ path: archive, ...request });
  const job = await there.engine.jobs.wait(jobId);
  expect(job).toMatchObject({ state: 'completed', failure: null });
  return await finish(there);
}

async function answers(test: TestEngine, library = 'default') {
  const found = [];
  for (const query of questions) {
    const { groups, mode } = await clientOf(test).search.query({ library, query });
    found.push([
      mode,
      groups.map(({ document, hits }) => [document.relativePath, hits.map(({ text }) => text)]),
    ]);
  }
  return found;
}

beforeEach(async () => {
  here = new TestEngine();
  there = new TestEngine();
  archive = here.path('library.llara');
  for (const test of [here, there]) {
    await test.makeModel();
    await test.open();
  }
  writeTextFolder(here.path('papers', 'notes'), 8);
  writeFileSync(
    here.path('papers', 'mail.eml'),
    'From: a@b.c\r\nSubject: The roof\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--x\r\nContent-Type: text/plain; name=offer.txt\r\nContent-Disposition: attachment; filename=offer.txt\r\n\r\nThe carpenter offers a roof of slate.\r\n--x--\r\n',
  );
  await here.index(here.path('papers'), ['*.tmp']);
  const client = clientOf(here);
  const { groups } = await client.search.query({ query: questions[0]! });
  const { chunkId } = groups[0]!.hits[0]!;
  await client.search.feedback({ query: questions[0]!, chunkId, verdict: 'helpful' });
  await client.settings.update({
    theme: 'dark',
    maxFileMegabytes: 77,
    threads: 1,
    assistantsMayWrite: true,
  });
});
afterEach(async () => {
  await here.close();
  await there.close();
});

const map = () => [{ from: here.path('papers'), to: there.path('documents', 'mine') }];
/** The documents are carried over as they are, with their times. */
const carry = () =>
  cpSync(here.path('papers'), there.path('documents', 'mine'), { recursive: true, preserveTimestamps: true });

describe.each([true, false])('an archive with the index: %s', (withIndex) => {
  it('finds the same documents elsewhere, and reads none of them again where it brings its index', async () => {
    const before = await answers(here);
    await exported(withIndex);
    carry();
    const jobs = await imported({ map: map() });
    expect(await answers(there)).toEqual(before);
    const read = jobs
      .filter(({ kind }) => kind === 'index')
      .map(({ result }) => (result as { read: number }).read);
    expect(read.reduce((sum, count) => sum + count, 0)).toBe(withIndex ? 0 : 9);
    const session = there.engine.libraries.get('default');
    expect(session.folders.list()).toMatchObject([
      { path: there.path('documents', 'mine'), exclude: ['*.tmp'], unavailable: null },
    ]);
    expect(session.memory.feedback()).toMatchObject([{ query: questions[0], verdict: 'helpful' }]);
    expect(session.memory.recent()).toEqual([questions[0]]);
    expect((await clientOf(there).engine.examine({})).findings).toEqual([]);
    const paths = (await clientOf(there).documents.list({ limit: 100 })).documents.map(({ path }) => path);
    expect(paths).toHaveLength(10);
    expect(paths.every((path) => path.startsWith(there.path('documents', 'mine')))).toBe(true);
    const inFolder = await clientOf(there).search.query({ query: 'roof path:documents/mine' });
    expect(inFolder.groups.length).toBeGreaterThan(0);
  });
});

it('says what a file holds before it is imported, and which of its folders are here', async () => {
  await exported(true);
  const { lookInto } = clientOf(there).libraries;
  const folders = (isHere: boolean) => ({ folders: [{ path: here.path('papers'), isHere }] });
  expect(await lookInto({ path: archive })).toMatchObject({
    ...{ library: 'default', withIndex: true, ...folders(true) },
    madeAt: expect.closeTo(Date.now(), -6),
  });
  renameSync(here.path('papers'), here.path('away'));
  expect(await lookInto({ path: archive })).toMatchObject(folders(false));
  writeFileSync(here.path('other.llara'), 'something else');
  await expect(lookInto({ path: here.path('other.llara') })).rejects.toMatchObject({
    data: { code: 'path-not-readable' },
  });
});

it('answers without the documents, takes the settings when told to, and stands beside another library', async () => {
  const before = await answers(here);
  await exported(true);
  await there.index(here.path('papers'));
  await expect(imported()).rejects.toMatchObject({ data: { code: 'conflict' }, message: /--as/ });
  renameSync(here.path('papers'), here.path('away'));
  await imported({ name: 'second', settings: true });
  expect(await answers(there, 'second')).toEqual(before);
  expect(there.engine.libraries.get('second').folders.list()[0]!.unavailable).toMatch(/not there/);
  expect(there.engine.settings.get()).toMatchObject({
    theme: 'dark',
    maxFileMegabytes: 77,
    threads: 0,
    assistantsMayWrite: false,
  });
  await there.reopen();
  expect(await answers(there, 'second')).toEqual(before);
});

it('keeps adapters with their files', async () => {
  const session = here.engine.libraries.get('default');
  mkdirSync(join(session.directory, 'adapters'));
  writeFileSync(session.vectors.adapterPath('a1')!, 'GGUF weights');
  await exported(false);
  await imported();
  expect(readFileSync(there.engine.libraries.get('default').vectors.adapterPath('a1')!, 'utf8')).toBe(
    'GGUF weights',
  );
});

describe('what is refused', () => {
  const importing = (request: Partial<ImportRequest> = {}) =>
    clientOf(there).libraries.import({ path: archive, ...request });
  const withManifest = (change: object) =>
    writeFileSync(archive, zipSync({ 'manifest.json': Buffer.from(JSON.stringify(change)) }));

  it('a file that is there already', async () => {
    writeFileSync(archive, 'mine');
    const { jobId } = await clientOf(here).libraries.export({ path: archive });
    expect((await here.engine.jobs.wait(jobId)).failure).toMatchObject({ code: 'conflict' });
    expect(readFileSync(archive, 'utf8')).toBe('mine');
  });

  it('what is no archive, is not there, or comes from a newer version', async () => {
    await expect(importing()).rejects.toThrow(/There is no file/);
    writeFileSync(archive, 'no archive');
    await expect(importing()).rejects.toThrow(/not an archive/);
    writeFileSync(archive, zipSync({ 'other.txt': Buffer.from('x') }));
    await expect(importing()).rejects.toThrow(/not an archive/);
    withManifest({ format: 'llara-library', version: 99 });
    await expect(importing()).rejects.toThrow(/newer version/);
    withManifest({ format: 'llara-library', version: 1, entries: [{ name: 'library/../../x' }] });
    await expect(importing()).rejects.toThrow(/not an archive/);
  });

  it('maps that name no folder', async () => {
    await exported(false);
    await expect(importing({ map: [{ from: '/nowhere', to: '/x' }] })).rejects.toThrow(/Its folders/);
  });

  it('a part whose bytes are others: the library that is there stays as it was', async () => {
    await exported(true);
    const bytes = readFileSync(archive);
    const at = bytes.indexOf('passages.lance/data');
    // Behind the name, in the part's own bytes.
    bytes[at + 400]! ^= 0xff;
    writeFileSync(archive, bytes);
    const { jobId } = await importing({ name: 'second' });
    const { failure } = await there.engine.jobs.wait(jobId);
    expect(failure).toMatchObject({ code: 'path-not-readable', message: expect.stringMatching(/damaged/) });
    expect(there.engine.snapshot().libraries.map(({ name }) => name)).toEqual(['default']);
    expect(existsSync(join(there.home, 'libraries', 'second'))).toBe(false);
  });
});

it('goes on with what was unpacked before, and begins anew where that was another archive', async () => {
  await exported(true);
  const second = here.path('second.llara');
  copyFileSync(archive, second);
  const bytes = readFileSync(archive);
  bytes[bytes.indexOf('passages.lance/data') + 400]! ^= 0xff;
  writeFileSync(archive, bytes);
  const { jobId } = await clientOf(there).libraries.import({ path: archive, name: 'second' });
  await there.engine.jobs.wait(jobId);
  const stage = join(there.home, 'importing', 'second', 'library');
  const unpacked = readdirSync(stage, { recursive: true }).length;
  expect(unpacked).toBeGreaterThan(1);
  archive = second;
  await imported({ name: 'second' });
  expect(existsSync(stage)).toBe(false);
  expect(await answers(there, 'second')).toEqual(await answers(here));
});
