/** What can go wrong on the way to a store: each is said in words that a person can act on, and nothing is lost. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@lancedb/lancedb';
import { describe, expect, it, vi } from 'vitest';
import { type SharedAddress, storageOptions } from '../../../src-main/store/storage/shared-address.ts';
import { StoreRows } from '../../../src-main/store/storage/store-rows.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';
import { address, callsOf, indexAgain, indexFolder, quick, SharedWorld, search } from './shared-world.ts';

/** What is cut off here stays so until the test mends it: nothing is gained by asking again for seconds, once in each layer of LanceDB. */
vi.mock('../../../src-main/store/storage/shared-address.ts', async (importOriginal) => {
  const original = await importOriginal<typeof import('../../../src-main/store/storage/shared-address.ts')>();
  return {
    ...original,
    storageOptions: (address: SharedAddress) => ({
      ...original.storageOptions(address),
      client_max_retries: '0',
      client_retry_timeout: '1',
      lance_aimd_max_retries: '0',
    }),
  };
});

describe('the way to a shared library', () => {
  const world = SharedWorld.forEachTest();
  const says = (code: string, words: RegExp) => ({
    data: { code },
    message: expect.stringMatching(words),
  });

  it('says what is wrong with an address, and leaves nothing behind', async () => {
    const test = await world.engine();
    const { libraries } = callsOf(test);
    const { endpoint } = world.s3;
    const wrong: [at: string, code: string, words: RegExp][] = [
      ['s3://no-such-bucket/team', 'not-found', /no such bucket/],
      [address, 'not-found', /no library at s3:\/\/bucket\/team/],
      ['s3://bucket', 'bad-request', /is no address of a library/],
      ['ftp://bucket/team', 'bad-request', /is no address of a library/],
      ['s3://key:top-secret@bucket/team', 'bad-request', /Keys are read from the environment/],
      ['db://team', 'not-supported', /LanceDB Cloud/],
    ];
    for (const [at, code, words] of wrong) {
      const failure = libraries.attach({ at, endpoint, name: 'team' }).catch((error: Error) => error);
      expect(await failure, at).toMatchObject(says(code, words));
      expect(String(((await failure) as Error).message)).not.toContain('top-secret');
    }
    await expect(
      libraries.create({ name: 'team', store: { at: 's3://no-such-bucket/team', endpoint } }),
    ).rejects.toMatchObject(says('not-found', /no such bucket/));
    expect((await libraries.list()).map(({ name }) => name)).toEqual(['default']);
    expect(existsSync(join(test.home, 'libraries', 'team'))).toBe(false);
    await libraries.create({ name: 'team', store: world.store });
  });

  it('tells a wrong secret and an unknown key from no key at all, and shows none of them', async () => {
    await world.writer();
    const test = await world.engine();
    const attach = () =>
      callsOf(test)
        .libraries.attach(world.store)
        .catch((error: Error) => error);
    const secret = process.env.AWS_SECRET_ACCESS_KEY;
    process.env.AWS_SECRET_ACCESS_KEY = 'a-wrong-secret';
    const wrongSecret = await attach();
    expect(wrongSecret).toMatchObject(says('access-denied', /does not accept the credentials/));
    process.env.AWS_SECRET_ACCESS_KEY = secret;
    process.env.AWS_ACCESS_KEY_ID = 'an-unknown-key';
    const unknownKey = await attach();
    expect(unknownKey).toMatchObject(says('access-denied', /does not accept the credentials/));
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    // A machine of Amazon's would ask its surroundings for keys.
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    process.env.AWS_SHARED_CREDENTIALS_FILE = test.path('none');
    process.env.AWS_CONFIG_FILE = test.path('none');
    expect(await attach()).toMatchObject(says('access-denied', /no credentials for the store/));
    for (const error of [wrongSecret, unknownKey] as Error[]) {
      const told = `${error.message} ${error.stack} ${(error.cause as Error | undefined)?.message}`;
      for (const hidden of ['a-wrong-secret', 'an-unknown-key']) expect(told).not.toContain(hidden);
    }
  });

  it('fails a search while the connection is cut, and answers again once it is back', async () => {
    const writer = await world.writer();
    writeTextFolder(writer.path('papers'), 8);
    await indexFolder(writer, writer.path('papers'));
    const reader = await world.reader(writer);
    const before = await search(reader, 'roof');
    // In the middle: what is read first is still read.
    world.s3.cutWhen((_, path) => path.includes('passages.lance/data'));
    await expect(search(reader, 'harbour mill')).rejects.toMatchObject(
      says('unreachable', /cannot be reached .* Nothing is lost/),
    );
    await expect(search(reader, 'roof')).rejects.toMatchObject(says('unreachable', /cannot be reached/));
    world.s3.restore();
    expect((await search(reader, 'roof')).groups).toEqual(before.groups);
    expect((await callsOf(reader).jobs.list()).filter(({ kind }) => kind === 'index')).toEqual([]);
  });

  it('loses nothing when the connection is cut while documents are written: the next run goes on', async () => {
    const writer = await world.writer();
    writeTextFolder(writer.path('papers'), 8);
    await indexFolder(writer, writer.path('papers'));
    const reader = await world.reader(writer);
    writeTextFolder(writer.path('papers'), 16);
    for (const part of ['passages.lance/_versions', 'passages.lance/data', '.lance/_transactions']) {
      writeFileSync(join(writer.path('papers'), 'more.md'), `The zeppelin of ${part} landed.\n`);
      world.s3.cutWhen((method, path) => method === 'PUT' && path.includes(part));
      const { jobId } = await callsOf(writer).libraries.index({ library: 'team' });
      const job = await writer.engine.jobs.wait(jobId);
      expect(job, part).toMatchObject({ state: 'failed', failure: { code: 'unreachable', retryable: true } });
      world.s3.restore();
      await indexAgain(writer);
      const [zeppelin] = (await search(reader, 'zeppelin')).groups;
      expect(zeppelin?.hits[0]?.text, part).toContain(part);
      expect((await search(reader, 'roof')).groups).toEqual((await search(writer, 'roof')).groups);
      const { versions, rowCount } = writer.engine.libraries.get('team').vectors.store.passages;
      expect(versions.size).toBe(17);
      expect([...versions.values()].reduce((sum, { rows }) => sum + rows, 0)).toBe(rowCount);
    }
  });

  it('starts without a store that does not answer, and opens it when asked for again', async () => {
    const writer = await world.writer();
    writeTextFolder(writer.path('papers'), 4);
    await indexFolder(writer, writer.path('papers'));
    const reader = await world.reader(writer);
    world.s3.cut();
    await reader.reopen(quick);
    expect(reader.engine.snapshot().unavailableLibraries).toMatchObject([
      { name: 'team', reason: expect.stringMatching(/cannot be reached/) },
    ]);
    expect((await callsOf(reader).libraries.list()).map(({ name }) => name)).toEqual(['default']);
    world.s3.restore();
    await reader.engine.libraries.openUnavailable();
    expect((await search(reader, 'roof')).groups.length).toBeGreaterThan(0);
    expect(reader.engine.snapshot().unavailableLibraries).toEqual([]);
  });

  it('does not wait for a store that takes its time, and has the library once it answers', async () => {
    const writer = await world.writer();
    writeTextFolder(writer.path('papers'), 4);
    await indexFolder(writer, writer.path('papers'));
    const reader = await world.reader(writer);
    world.s3.hold();
    await reader.reopen({ sharingTimes: { ...quick.sharingTimes!, openingMs: 100 } });
    expect(reader.engine.snapshot().unavailableLibraries).toMatchObject([
      { name: 'team', reason: expect.stringMatching(/has not answered yet/) },
    ]);
    world.s3.restore();
    await expect.poll(() => reader.engine.snapshot().unavailableLibraries, { timeout: 30_000 }).toEqual([]);
    expect((await search(reader, 'roof')).groups.length).toBeGreaterThan(0);
  });

  it('does not open what a later version made, or what is no library of this program', async () => {
    const writer = await world.writer();
    await writer.close();
    const connection = await connect(address, {
      storageOptions: storageOptions({ uri: address, endpoint: world.s3.endpoint }),
    });
    const rows = new StoreRows(await connection.openTable('_library'));
    const reader = await world.engine();
    await rows.put(new Map([['about', JSON.stringify({ format: 99, product: '7.0.0' })]]));
    await expect(callsOf(reader).libraries.attach(world.store)).rejects.toMatchObject(
      says('library-corrupt', /made by a later version of this program \(7\.0\.0\)/),
    );
    await rows.put(new Map([['about', '{"something":"else"}']]));
    await expect(callsOf(reader).libraries.attach(world.store)).rejects.toMatchObject(
      says('library-corrupt', /no library that this program knows/),
    );
  });
});
