/**
 * Files of every format cut short, with wrong bytes in them, with parts lost or doubled: whatever is left, reading ends in a named state
 * and in time. About 300 files by default; all 3 000: `LLARA_DAMAGED_FILES=3000 npx vitest run tests/process/ingest/damaged-files.test.ts`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { documentKinds } from '../../../src-main/contract/formats.ts';
import { ExtractionPool } from '../../../src-main/library/extraction/extraction-pool.ts';
import { formatSamples } from '../../support/format-samples.ts';

const fileCount = Number(process.env.LLARA_DAMAGED_FILES ?? 300);
const damagesEach = Math.ceil(fileCount / documentKinds.length);
const timeoutMs = 20_000;

/** Seeded, so that a failure can be repeated. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

const damageBytes = (bytes: Uint8Array, seed: number): Uint8Array => {
  const next = random(seed);
  const at = () => Math.floor(next() * bytes.length);
  const damaged = bytes.slice();
  const start = at();
  switch (seed % 4) {
    case 0:
      return damaged.slice(0, start);
    case 1:
      for (let count = 0; count < 20; count++) damaged[at()] = Math.floor(next() * 256);
      return damaged;
    case 2:
      return joined(damaged.slice(0, start), damaged.slice(start + 1 + Math.floor(next() * 400)));
    default:
      return joined(damaged.slice(0, start), damaged.slice(0, start), damaged.slice(start));
  }
};

/** Every second archive is damaged within, where no checksum keeps the damage from the reader. */
const damage = (bytes: Uint8Array, seed: number): Uint8Array => {
  const isArchive = bytes[0] === 0x50 && bytes[1] === 0x4b;
  if (!isArchive || Math.floor(seed / 4) % 2 === 0) return damageBytes(bytes, seed);
  const parts = Object.entries(unzipSync(bytes));
  const victim = parts[Math.floor(random(seed + 1)() * parts.length)]!;
  victim[1] = new Uint8Array(damageBytes(victim[1], seed));
  return zipSync(Object.fromEntries(parts));
};

const folder = mkdtempSync(join(tmpdir(), 'llara-damaged-'));
const pool = new ExtractionPool({ workerCount: 2 });
afterAll(async () => {
  await pool.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(documentKinds)('a damaged file of kind %s', (kind) => {
  const sample = formatSamples[kind];
  const extension = extname(sample.fileName);

  it(`ends in a named state, ${damagesEach} times`, async () => {
    const bytes = sample.bytes();
    const states = await Promise.all(
      Array.from({ length: damagesEach }, async (_, seed) => {
        const path = join(folder, `${kind}-${seed}${extension}`);
        writeFileSync(path, damage(bytes, seed));
        const { outcome, attachments = [] } = await pool.extract(path, { timeoutMs });
        for (const one of [outcome, ...attachments.map((attachment) => attachment.outcome)]) {
          if (one.state !== 'indexed' && one.state !== 'scan')
            expect(one.reason, path).not.toMatch(/took longer|crashed|ended|memory/);
          else expect(one.document.text.isWellFormed(), path).toBe(true);
        }
        return outcome.state;
      }),
    );
    expect(states).toHaveLength(damagesEach);
    for (const state of states)
      expect(['indexed', 'scan', 'empty', 'failed', 'encrypted', 'unsupported']).toContain(state);
  });

  it('is read whole again afterwards, by the same threads', async () => {
    const path = join(folder, `${kind}-whole${extension}`);
    writeFileSync(path, sample.bytes());
    const whole = kind === 'picture' ? 'scan' : 'indexed';
    expect((await pool.extract(path, { timeoutMs })).outcome.state).toBe(whole);
  });
});
