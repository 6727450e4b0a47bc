/**
 * Who may write to a store that several machines reach: one row of a small table, changed by compare and swap. LanceDB commits a version of a
 * table by a conditional write (put if there is none of this number) and carries out an update anew on the version that came in between, so of
 * two that ask for the same earlier token one alone finds its row. The holder renews before its time is over and stops writing once it could
 * not; another may take over some time after that, so that clocks may differ by that much.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Connection, Table } from '@lancedb/lancedb';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { quoteLiteral } from '../sql.ts';
import { storeError } from '../store-error.ts';
import { optimizeTable } from '../tables/table-maintenance.ts';

export const leaseTableName = '_lease';

const rowSchema = z.object({
  token: z.string(),
  owner: z.string(),
  machine: z.string(),
  process: z.number(),
  since: z.number(),
  /** Unix time in ms, by the holder's clock. Small letters, since an update takes no others. */
  expires: z.number(),
});
export type LeaseRow = z.infer<typeof rowSchema>;

export type LeaseHolder = {
  /** Which manifest writes. */
  owner: string;
  /** Name of the machine, for people. */
  machine: string;
  /** Of a process of this very data folder that has died without giving the lease back, if one may have. */
  formerToken: string | null;
};

export type LeaseTimes = {
  /** How long it holds unless it is renewed; it is renewed when a third of that is over. */
  durationMs: number;
  /** How long after that another one waits. */
  graceMs: number;
  /** In which a creation of the table that was under way at the same time has ended: two may each believe to have made it. */
  settleMs: number;
};

export const leaseTimes: LeaseTimes = { durationMs: 180_000, graceMs: 30_000, settleMs: 1000 };

const mostTries = 10;
const mostPauseMs = 100;
const renewalsPerUpkeep = 50;

export class WriterLease {
  readonly token = randomUUID();
  readonly #table: Table;
  readonly #address: string;
  readonly #times: LeaseTimes;
  readonly #timer: NodeJS.Timeout;
  #renewedAt: number;
  #renewing: Promise<void> | null = null;
  #renewals = 0;
  #lost: AppError | null = null;
  #isReleased = false;

  private constructor(table: Table, address: string, times: LeaseTimes) {
    this.#table = table;
    this.#address = address;
    this.#times = times;
    this.#renewedAt = 0;
    // Failures show at the next write.
    this.#timer = setInterval(() => void this.#renew().catch(() => {}), times.durationMs / 3).unref();
  }

  /** Throws `library-locked`, naming the holder, where another one has it. */
  static async acquire(
    connection: Connection,
    address: string,
    holder: LeaseHolder,
    times: LeaseTimes = leaseTimes,
  ): Promise<WriterLease> {
    const { table, isNew } = await openTable(connection);
    const lease = new WriterLease(table, address, times);
    try {
      await lease.#take(holder);
      if (isNew) await setTimeout(times.settleMs);
      if (isNew && (await readLease(table)).token !== lease.token) await lease.#take(holder);
      return lease;
    } catch (error) {
      lease.#isReleased = true;
      clearInterval(lease.#timer);
      table.close();
      throw storeError(error, `asking for the right to write to ${address}`);
    }
  }

  /** To be awaited before every write. Throws `library-locked` where another one writes now, `unreachable` where that cannot be found out. */
  async check(): Promise<void> {
    if (Date.now() - this.#renewedAt > this.#times.durationMs / 3) await this.#renew();
    if (this.#lost) throw this.#lost;
  }

  /** Idempotent. Where the store cannot be reached the lease runs out by itself. */
  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    clearInterval(this.#timer);
    await this.#renewing?.catch(() => {});
    if (!this.#lost) await this.#swap(this.token, freeRow).catch(() => 0);
    this.#table.close();
  }

  async #take({ owner, machine, formerToken }: LeaseHolder): Promise<void> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const now = Date.now();
      const held = await readLease(this.#table);
      const isOver = held.token === '' || held.expires + this.#times.graceMs < now;
      if (!isOver && held.token !== formerToken) throw heldBy(held, this.#address);
      const row = {
        token: this.token,
        owner,
        machine,
        process: process.pid,
        since: now,
        expires: now + this.#times.durationMs,
      };
      if ((await this.#swap(held.token, row)) === 1) {
        this.#renewedAt = now;
        return;
      }
    }
    throw heldBy(await readLease(this.#table), this.#address);
  }

  #renew(): Promise<void> {
    this.#renewing ??= this.#renewNow().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renewNow(): Promise<void> {
    if (this.#lost || this.#isReleased) return;
    const now = Date.now();
    try {
      const changed = await this.#swap(this.token, { expires: now + this.#times.durationMs });
      if (changed === 1) this.#renewedAt = now;
      else {
        const row = await readLease(this.#table);
        if (row.token !== this.token) this.#lost = lostTo(row, this.#address);
      }
      if (++this.#renewals % renewalsPerUpkeep === 0) await optimizeTable(this.#table, { isShared: true });
    } catch (error) {
      throw storeError(error, `keeping the right to write to ${this.#address}`);
    }
  }

  /** How many rows had the token: one, or none where another one was quicker. */
  async #swap(token: string, row: Partial<LeaseRow>): Promise<number> {
    const update = {
      where: `token = ${quoteLiteral(token)}`,
      valuesSql: Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'number' ? `CAST(${value} AS DOUBLE)` : quoteLiteral(value),
        ]),
      ),
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return (await this.#table.update(update)).rowsUpdated;
      } catch (error) {
        // Too many at once, or the table was being made: nothing was changed.
        if (!/conflict/i.test(String(error)) || attempt === mostTries) throw error;
        await setTimeout(Math.random() * mostPauseMs);
        await this.#table.checkoutLatest();
      }
    }
  }
}

const freeRow: LeaseRow = { token: '', owner: '', machine: '', process: 0, since: 0, expires: 0 };

async function openTable(connection: Connection): Promise<{ table: Table; isNew: boolean }> {
  for (let attempt = 0; ; attempt++) {
    try {
      return { table: await connection.openTable(leaseTableName), isNew: false };
    } catch (error) {
      if (!/was not found/i.test(String(error)) || attempt >= mostTries) throw error;
    }
    try {
      return { table: await connection.createTable(leaseTableName, [freeRow]), isNew: true };
    } catch (error) {
      // Another one has just made it.
      if (!/already exists|conflict/i.test(String(error))) throw error;
    }
  }
}

async function readLease(table: Table): Promise<LeaseRow> {
  await table.checkoutLatest();
  const [row] = await table.query().limit(1).toArray();
  return rowSchema.parse({ ...row });
}

const whoIs = ({ machine, process, since }: LeaseRow): string =>
  `${machine} (process ${process}, since ${new Date(since).toISOString()})`;

function heldBy(row: LeaseRow, address: string): AppError {
  return new AppError(
    'library-locked',
    `${address} is being written by ${whoIs(row)}. Close it there; if that machine has crashed, its right to write ends by itself at ${new Date(row.expires).toISOString()}.`,
  );
}

function lostTo(row: LeaseRow, address: string): AppError {
  const now = row.token === '' ? 'Nobody writes now' : `Now ${whoIs(row)} writes`;
  return new AppError(
    'library-locked',
    `${address} was taken over while this machine did not answer. ${now}. Nothing more is written from here; start again to go on.`,
  );
}
