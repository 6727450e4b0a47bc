/** The offline promise, held by the operating system: a whole day's use makes no attempt to leave this machine. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';

/** A network namespace of one's own: as root, else in a user namespace of one's own. */
const unshare = [['--net'], ['--user', '--map-root-user', '--net']].find(
  (flags) => process.platform === 'linux' && spawnSync('unshare', [...flags, 'true']).status === 0,
);
if (!unshare) {
  console.warn(
    'SKIPPED: the offline promise. It needs Linux, and leave to make a network namespace (unshare --net).',
  );
}

describe.skipIf(!unshare)('without any network but loopback', () => {
  it('serves, indexes, searches, opens, judges, probes and plans, and never tries to leave', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'llara-offline-'));
    try {
      const script = join(import.meta.dirname, 'run-without-network.ts');
      // Its vectors mean nothing, but the same code makes them.
      const model = join(folder, 'tiny.gguf');
      await makeTinyLlama(await NativeRuntime.create(), model);
      const { stdout } = await promisify(execFile)(
        'unshare',
        [...unshare!, process.execPath, script, folder],
        { env: { ...process.env, LLARA_MODEL: model } },
      );
      const outcome = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
      expect(outcome.appCount).toBe(0);
      expect(outcome.downloadCount, 'The count would not have seen an attempt.').toBeGreaterThan(0);
      expect(outcome.refusal).toContain('cannot be reached at 192.0.2.1');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
