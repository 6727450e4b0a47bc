/** The right to write to a store that several machines reach: one holder at a time, whatever they do at once, and none for ever. */
import { type Connection, connect } from '@lancedb/lancedb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { storageOptions } from '../../../src-main/store/storage/shared-address.ts';
import { type LeaseHolder, leaseTimes, WriterLease } from '../../../src-main/store/storage/writer-lease.ts';
import { type S3Server, startS3Server } from '../../support/s3/s3-server.ts';

const uri = 's3://bucket/leased';
/** For those that are alone when they make the table. */
const settleMs = 20;
const long = { durationMs: 60_000, graceMs: 1000, settleMs };
const short = { durationMs: 300, graceMs: 100, settleMs };

describe('the lease of a shared store', () => {
  let s3: S3Server;
  const leases: WriterLease[] = [];
  const before = { ...process.env };
  beforeEach(async () => {
    s3 = await startS3Server();
    Object.assign(process.env, s3.environment, { AWS_REGION: 'us-east-1' });
  });
  afterEach(async () => {
    s3.restore();
    for (const lease of leases.splice(0)) await lease.release();
    await s3.close();
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  });
  const connection = (): Promise<Connection> =>
    connect(uri, { storageOptions: storageOptions({ uri, endpoint: s3.endpoint }) });
  const acquire = async (machine: string, times = long, more: Partial<LeaseHolder> = {}) => {
    const holder = { owner: machine, machine, formerToken: null, ...more };
    const lease = await WriterLease.acquire(await connection(), uri, holder, times);
    leases.push(lease);
    return lease;
  };
  const isLocked = (machine: string) => ({
    code: 'library-locked',
    message: expect.stringMatching(new RegExp(`${machine} \\(process ${process.pid}`)),
  });

  it('is given to one, and the other is told who has it', async () => {
    const lease = await acquire('ada');
    await expect(acquire('ben')).rejects.toMatchObject(isLocked('ada'));
    await lease.check();
    await lease.release();
    await (await acquire('ben')).check();
  });

  it('goes to one alone of many that ask at once, the table being new or not', async () => {
    for (const round of ['new', 'there already']) {
      const asked = Array.from({ length: 5 }, (_, number) =>
        acquire(`machine-${number}`, { ...long, settleMs: leaseTimes.settleMs }),
      );
      const outcomes = await Promise.allSettled(asked);
      const holders = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
      const checked = await Promise.allSettled(holders.map((lease) => lease.check()));
      expect(
        checked.filter(({ status }) => status === 'fulfilled'),
        round,
      ).toHaveLength(1);
      for (const outcome of outcomes)
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'library-locked' });
      await Promise.all(holders.map((lease) => lease.release()));
    }
  });

  it('is kept as long as its holder lives', async () => {
    const lease = await acquire('ada', short);
    const row = async () => (await (await (await connection()).openTable('_lease')).query().toArray())[0];
    const first = (await row()).expires;
    await expect.poll(async () => (await row()).expires, { timeout: 10_000 }).toBeGreaterThan(first + 600);
    await expect(acquire('ben', short)).rejects.toMatchObject(isLocked('ada'));
    await lease.check();
  });

  it('is taken over once it has run out, and the former holder then writes nothing more', async () => {
    const ada = await acquire('ada', { ...short, durationMs: 60_000 });
    // What a machine that sleeps leaves behind.
    const table = await (await connection()).openTable('_lease');
    await table.update({ where: 'true', valuesSql: { expires: `CAST(${Date.now() - 1000} AS DOUBLE)` } });
    const ben = await acquire('ben');
    await ben.check();
    // As when it is due to renew.
    const asleep = { ...Date };
    const now = Date.now;
    Date.now = () => now() + 30_000;
    try {
      await expect(ada.check()).rejects.toMatchObject({
        code: 'library-locked',
        message: expect.stringMatching(/taken over .* Now ben \(process/),
      });
    } finally {
      Object.assign(Date, asleep, { now });
    }
    await expect(ada.check()).rejects.toMatchObject({ code: 'library-locked' });
    // Giving back what is not its own leaves the other's alone.
    await ada.release();
    await ben.check();
    await expect(acquire('cleo')).rejects.toMatchObject(isLocked('ben'));
  });

  it('is known again by a later process of the same data folder', async () => {
    const dead = await acquire('ada');
    const again = await acquire('ada', long, { formerToken: dead.token });
    await again.check();
    await expect(acquire('ben')).rejects.toMatchObject({ code: 'library-locked' });
  });

  it('refuses to write while it cannot be renewed, and goes on when it can', async () => {
    const lease = await acquire('ada', long);
    const now = Date.now;
    Date.now = () => now() + 30_000;
    try {
      s3.cut();
      await expect(lease.check()).rejects.toMatchObject({ code: 'unreachable' });
      s3.restore();
      await lease.check();
    } finally {
      Date.now = now;
    }
  });
});
