/** A library whose store is on an S3 server: one data folder writes it, others find in it what the writer finds. */
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/test-engine.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { address, callsOf, indexAgain, indexFolder, SharedWorld, search } from './shared-world.ts';

describe('a library on another machine', () => {
  const world = SharedWorld.forEachTest();
  let writer: TestEngine;
  const folder = () => writer.path('papers');
  beforeEach(async () => {
    writer = await world.writer();
    writeTextFolder(folder(), 12);
    const message = [
      'From: Ada <ada@example.org>',
      'To: Ben <ben@example.org>',
      'Subject: The meter',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'The meter reads forty.',
      '--b',
      'Content-Type: text/plain; name=reading.txt',
      'Content-Disposition: attachment; filename=reading.txt',
      '',
      'Attached is the gasometer protocol.',
      '--b--',
      '',
    ].join('\r\n');
    writeFileSync(join(folder(), 'meter.eml'), message);
    await indexFolder(writer, folder());
  });

  it('answers as it does where it is written: words, vectors, filters, names', async () => {
    const reader = await world.reader(writer);
    for (const query of [
      'roof near the harbour',
      'from:ada',
      'type:markdown roof',
      'note 7',
      'gasometer',
      'raof',
    ]) {
      const here = await search(writer, query);
      const there = await search(reader, query);
      expect(there.groups.length, query).toBeGreaterThan(0);
      expect(there.mode).toBe(here.mode);
      expect(there.groups).toEqual(here.groups);
      expect(there.notices).toEqual(here.notices);
    }
    expect((await search(reader, 'roof')).mode).toBe('hybrid');
    const [first] = (await search(writer, 'roof')).groups;
    const request = { library: 'team', documentId: first!.document.id };
    const resembling = await callsOf(reader).search.similar(request);
    expect(resembling.groups.length).toBeGreaterThan(0);
    expect(resembling).toEqual(await callsOf(writer).search.similar(request));
    const within = { ...request, query: 'roof' };
    expect(await callsOf(reader).search.passagesOf(within)).toEqual(
      await callsOf(writer).search.passagesOf(within),
    );
  });

  it('finds by the tags that were given where it is written, and gives none itself', async () => {
    const reader = await world.reader(writer);
    const [document] = (await search(writer, 'gasometer')).groups.map((group) => group.document);
    const request = { library: 'team', documentIds: [document!.id], add: ['Meters'] };
    await callsOf(writer).documents.tag(request);
    await writer.engine.libraries.get('team').shared?.publish();
    const { groups } = await search(reader, 'tag:meters');
    expect(groups.map((group) => group.document.tags)).toEqual([['Meters']]);
    await expect(callsOf(reader).documents.tag(request)).rejects.toMatchObject({
      data: { code: 'read-only' },
    });
  });

  it('says where it is and who writes it, and lists what it holds', async () => {
    const reader = await world.reader(writer);
    const here = (await callsOf(writer).libraries.list()).find(({ name }) => name === 'team')!;
    const there = (await callsOf(reader).libraries.list()).find(({ name }) => name === 'team')!;
    expect(there).toMatchObject({ counts: here.counts, chunkCount: here.chunkCount, encoder: here.encoder });
    expect(here.shared).toMatchObject({ address, access: 'write', problem: null });
    expect(there.shared).toMatchObject({ address, access: 'read', writer: here.shared?.writer });
    const listed = await callsOf(reader).documents.list({ library: 'team' });
    expect(listed).toEqual(await callsOf(writer).documents.list({ library: 'team' }));
  });

  it('shows the text that the store holds, and says that the file is elsewhere', async () => {
    const reader = await world.reader(writer);
    const { documents } = await callsOf(reader).documents.list({
      library: 'team',
      pathContains: 'note-3.md',
    });
    const { id: documentId } = documents[0]!;
    const shown = await callsOf(reader).documents.text({ library: 'team', documentId });
    const text = (await callsOf(writer).documents.text({ library: 'team', documentId })).text;
    // Words for words, each where it stands.
    expect(shown.text.trimEnd().replaceAll(/\s/g, ' ')).toBe(text.trimEnd().replaceAll(/\s/g, ' '));
    await expect(callsOf(reader).documents.bytes({ library: 'team', documentId })).rejects.toMatchObject({
      data: { code: 'read-only' },
      message: expect.stringContaining('is on'),
    });
  });

  it('sees what the writer adds, changes, moves and removes', async () => {
    const reader = await world.reader(writer);
    writeFileSync(join(folder(), 'new.md'), 'The zeppelin landed.\n');
    writeFileSync(join(folder(), 'note-1.md'), 'A submarine surfaced.\n');
    renameSync(join(folder(), 'note-2.md'), join(folder(), 'moved.md'));
    rmSync(join(folder(), 'meter.eml'));
    await indexAgain(writer);
    for (const query of ['zeppelin', 'submarine', 'path:moved.md', 'roof', 'gasometer']) {
      expect((await search(reader, query)).groups, query).toEqual((await search(writer, query)).groups);
    }
    expect((await search(reader, 'zeppelin')).groups[0]?.document.relativePath).toBe('new.md');
    expect((await search(reader, '"gasometer protocol"')).groups).toEqual([]);
  });

  it('takes two documents whose names were swapped', async () => {
    const reader = await world.reader(writer);
    renameSync(join(folder(), 'note-4.md'), join(folder(), 'aside'));
    renameSync(join(folder(), 'note-5.md'), join(folder(), 'note-4.md'));
    renameSync(join(folder(), 'aside'), join(folder(), 'note-5.md'));
    await indexAgain(writer);
    const list = (test: TestEngine) => callsOf(test).documents.list({ library: 'team' });
    expect(await list(reader)).toEqual(await list(writer));
    expect((await search(reader, 'roof')).groups).toEqual((await search(writer, 'roof')).groups);
  });

  it('searches by words where the encoder is missing, and says so', async () => {
    mkdirSync(writer.path('no-models'));
    const reader = await world.reader(writer, writer.path('no-models'));
    const found = await search(reader, 'roof near the harbour');
    expect(found.mode).toBe('lexical');
    expect(found.groups.length).toBeGreaterThan(0);
    expect(found.notices.join(' ')).toMatch(/model .* is not here/);
    const library = (await callsOf(reader).libraries.list()).find(({ name }) => name === 'team');
    expect(library).toMatchObject({ encoder: null, wordsOnlyReason: expect.stringContaining('is not here') });
    // The file itself makes it the same one, whatever it is called here.
    copyFileSync(join(writer.models, 'tiny.gguf'), writer.path('no-models', 'brought.gguf'));
    const again = await search(reader, 'roof near the harbour');
    expect(again.mode).toBe('hybrid');
    expect(again.groups).toEqual((await search(writer, 'roof near the harbour')).groups);
  });

  it('follows the writer to another encoder, and to one after that, when the first one’s vectors are dropped', async () => {
    const reader = await world.reader(writer);
    await search(reader, 'roof near the harbour');
    for (const [seed, name] of ['second', 'third'].entries()) {
      await writer.makeModel(`${name}.gguf`, { seed: 100 + seed });
      const models = await callsOf(writer).models.list();
      const { id: modelId } = models.find(({ name: listed, path }) => `${listed} ${path}`.includes(name))!;
      const { jobId } = await callsOf(writer).models.use({ library: 'team', modelId });
      const job = await writer.engine.jobs.wait(jobId);
      expect(job.failure).toBeNull();
      await writer.engine.libraries.get('team').shared?.publish();
      const found = await search(reader, 'roof near the harbour');
      expect(found.mode, name).toBe('hybrid');
      expect(found.groups, name).toEqual((await search(writer, 'roof near the harbour')).groups);
    }
    const library = (await callsOf(reader).libraries.list()).find(({ name }) => name === 'team');
    expect(library?.vectorSets.length).toBe(2);
  });

  it('is kept in a folder that several machines see as in an object store', async () => {
    const store = { at: writer.path('server', 'papers') };
    await callsOf(writer).libraries.create({ name: 'papers', store });
    const { jobId } = await callsOf(writer).folders.add({ library: 'papers', path: folder() });
    await writer.engine.jobs.wait(jobId);
    await writer.engine.libraries.get('papers').shared?.publish();
    const reader = await world.engine(writer.models);
    expect(await callsOf(reader).libraries.attach(store)).toMatchObject({ name: 'papers' });
    const question = { library: 'papers', query: 'roof near the harbour' };
    const found = await callsOf(reader).search.query(question);
    expect(found.groups.length).toBeGreaterThan(0);
    expect(found.groups).toEqual((await callsOf(writer).search.query(question)).groups);
    const second = await world.engine(writer.models);
    await expect(callsOf(second).libraries.create({ name: 'papers', store })).rejects.toMatchObject({
      data: { code: 'library-locked' },
    });
  });

  it('refuses in plain words whatever would change it', async () => {
    const reader = await world.reader(writer);
    const calls = callsOf(reader);
    const library = 'team';
    const { documents } = await calls.documents.list({ library });
    const [folder] = (await calls.libraries.list()).find(({ name }) => name === library)!.folders;
    const folderId = folder!.id;
    const before = world.s3.requests.length;
    const refused: Record<string, () => Promise<unknown>> = {
      index: () => calls.libraries.index({ library }),
      'add a folder': () => calls.folders.add({ library, path: reader.scratch }),
      'change a folder': () => calls.folders.update({ library, folderId, exclude: ['x'] }),
      'remove a folder': () => calls.folders.remove({ library, folderId }),
      'read again': () => calls.documents.reindex({ library, documentIds: [documents[0]!.id] }),
      adapt: () => calls.adaptation.start({ library }),
      'plan to adapt': () => calls.adaptation.plan({ library }),
      adopt: () => calls.adaptation.adopt({ library, adapterId: null }),
      'change the encoder': () => calls.models.use({ library, modelId: 'x' }),
      recognise: () => calls.recognition.start({ library }),
      'forget what was recognised': () => calls.recognition.forget({ library }),
      export: () => calls.libraries.export({ library, path: reader.path('x.llara') }),
    };
    for (const [what, call] of Object.entries(refused)) {
      await expect(call(), what).rejects.toMatchObject({
        data: { code: 'read-only' },
        message: expect.stringMatching(/is written by .*; here it can only be searched and read/),
      });
    }
    const writes = world.s3.requests.slice(before).filter((line) => !/^(GET|HEAD)/.test(line));
    expect(writes).toEqual([]);
  });

  it('writes nothing to the store while it searches, and keeps what is typed here', async () => {
    await callsOf(writer).saved.save({ library: 'team', name: 'secret-wish', query: 'zeppelin-wish' });
    const hit = (await search(writer, 'roof')).groups[0]!.hits[0]!;
    const verdict = { library: 'team', query: 'my-private-question', verdict: 'helpful' } as const;
    await callsOf(writer).search.feedback({ ...verdict, chunkId: hit.chunkId });
    await indexAgain(writer);
    const before = world.s3.requests.length;
    const reader = await world.reader(writer);
    await search(reader, 'roof');
    await callsOf(reader).search.feedback({ ...verdict, chunkId: hit.chunkId });
    await callsOf(reader).saved.save({ library: 'team', name: 'mine', query: 'roof' });
    await reader.reopen();
    expect(await callsOf(reader).search.recent({ library: 'team' })).toEqual(['my-private-question']);
    const writes = world.s3.requests.slice(before).filter((line) => !/^(GET|HEAD)/.test(line));
    expect(writes).toEqual([]);
    const stored = [...world.s3.buckets.values()].flatMap((bucket) =>
      bucket.keys().map((key) => bucket.get(key)!),
    );
    expect(stored.some(({ body }) => body.includes('roof'))).toBe(true);
    for (const secret of ['my-private-question', 'zeppelin-wish', ...Object.values(world.s3.environment)])
      expect(stored.some(({ body }) => body.includes(secret))).toBe(false);
    const place = readFileSync(join(writer.home, 'libraries', 'team', 'place.json'), 'utf8');
    for (const secret of Object.values(world.s3.environment)) expect(place).not.toContain(secret);
  });

  it('forgets it here and leaves it there', async () => {
    const reader = await world.reader(writer);
    await callsOf(reader).libraries.rename({ library: 'team', name: 'theirs' });
    expect(
      (await callsOf(reader).search.query({ library: 'theirs', query: 'roof' })).groups.length,
    ).toBeGreaterThan(0);
    await callsOf(reader).libraries.remove({ library: 'theirs' });
    expect((await callsOf(reader).libraries.list()).map(({ name }) => name)).toEqual(['default']);
    expect((await search(writer, 'roof')).groups.length).toBeGreaterThan(0);
    await callsOf(reader).libraries.attach(world.store);
    expect((await search(reader, 'roof')).groups.length).toBeGreaterThan(0);
  });
});
