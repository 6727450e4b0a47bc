/** Files cut short and files with wrong bytes in them: whatever is left, reading ends in a named state and in time. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExtractionPool } from '../../../src-main/library/extraction/extraction-pool.ts';

const library = join(import.meta.dirname, '../../../resources/sample-library');
const victims = [
  'contracts/rental-agreement.pdf',
  'manuals/ember-60-kiln.pdf',
  'meetings/2026-03-12-studio-meeting.docx',
  'letters/school-trip.eml',
  'letters/gallery-reminder.eml',
  'recipes/plum-cake.html',
  'research/glaze-notebook.md',
];
const damagesEach = 24;
const timeoutMs = 20_000;

/** Seeded, so that a failure can be repeated. */
const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};

const damage = (bytes: Uint8Array, seed: number): Uint8Array => {
  const next = random(seed);
  const at = () => Math.floor(next() * bytes.length);
  const damaged = bytes.slice();
  switch (seed % 4) {
    case 0:
      return damaged.slice(0, at());
    case 1:
      for (let count = 0; count < 20; count++) damaged[at()] = Math.floor(next() * 256);
      return damaged;
    case 2: {
      const start = at();
      return new Uint8Array([
        ...damaged.slice(0, start),
        ...damaged.slice(start + 1 + Math.floor(next() * 400)),
      ]);
    }
    default: {
      const start = at();
      return new Uint8Array([
        ...damaged.slice(0, start),
        ...damaged.slice(0, start),
        ...damaged.slice(start),
      ]);
    }
  }
};

const folder = mkdtempSync(join(tmpdir(), 'llara-damaged-'));
const pool = new ExtractionPool({ workerCount: 2 });
afterAll(async () => {
  await pool.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(victims)('%s, damaged', (victim) => {
  it('ends in a named state every time', async () => {
    const bytes = new Uint8Array(readFileSync(join(library, victim)));
    const extension = extname(victim);
    const states = await Promise.all(
      Array.from({ length: damagesEach }, async (_, seed) => {
        const path = join(folder, `${basename(victim, extension)}-${seed}${extension}`);
        writeFileSync(path, damage(bytes, seed));
        const { outcome } = await pool.extract(path, { timeoutMs });
        if (outcome.state !== 'indexed')
          expect(outcome.reason, path).not.toMatch(/took longer|crashed|ended|memory/);
        else expect(outcome.document.text.isWellFormed(), path).toBe(true);
        return outcome.state;
      }),
    );
    expect(states).toHaveLength(damagesEach);
    for (const state of states)
      expect(['indexed', 'empty', 'failed', 'encrypted', 'unsupported']).toContain(state);
  });

  it('is read whole again afterwards, by the same threads', async () => {
    const { outcome } = await pool.extract(join(library, victim), { timeoutMs });
    expect(outcome.state).toBe('indexed');
  });
});
