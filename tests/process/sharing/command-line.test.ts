/** Shared libraries by the command line, as processes of their own: what is printed, how it ends, and that no key is left anywhere. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeTinyLlama } from '../../native/models/make-tiny-llama.ts';
import { runLlara } from '../../support/run-llara.ts';
import { type S3Server, startS3Server } from '../../support/s3/s3-server.ts';
import { writeTextFolder } from '../../support/write-text-folder.ts';

const address = 's3://bucket/team';
let scratch: string;
let s3: S3Server;
let environment: Record<string, string>;
beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'llara-shared-'));
  s3 = await startS3Server();
  environment = { ...s3.environment, LLARA_MODEL: join(scratch, 'tiny.gguf') };
  await makeTinyLlama(await NativeRuntime.create(), environment.LLARA_MODEL!, { layerCount: 1 });
  writeTextFolder(join(scratch, 'papers'), 3);
});
afterEach(async () => {
  await s3.close();
  rmSync(scratch, { recursive: true, force: true });
});

const llara = (home: string, ...words: string[]) =>
  runLlara(words, { home: join(scratch, home), environment });
const way = () => ['--endpoint', s3.endpoint];

it('makes, attaches, searches, lists and forgets, says how it failed, and keeps no key', async () => {
  const created = await llara('writer', 'library', 'create', 'team', '--at', address, ...way());
  expect(created).toMatchObject({ code: 0, messages: '' });
  expect(created.output).toContain(`at ${address}, written from here`);
  expect(await llara('writer', 'index', join(scratch, 'papers'), '-l', 'team')).toMatchObject({ code: 0 });

  const attached = await llara(
    'reader',
    'library',
    'attach',
    address,
    ...way(),
    '--name',
    'theirs',
    '--json',
  );
  expect(attached).toMatchObject({ code: 0, messages: '' });
  expect(JSON.parse(attached.output)).toMatchObject({
    name: 'theirs',
    counts: { indexed: 3 },
    shared: { address, access: 'read' },
  });
  const found = await llara('reader', 'search', 'roof', '-l', 'theirs', '--json');
  expect(found.code).toBe(0);
  expect(JSON.parse(found.output).groups.length).toBeGreaterThan(0);
  const listed = await llara('reader', 'library');
  expect(listed.output).toMatch(
    /^theirs {2}3 documents, \d+ passages, at s3:\/\/bucket\/team, written by .*, only read here$/m,
  );

  const refused = await llara('reader', 'index', join(scratch, 'papers'), '-l', 'theirs');
  expect(refused).toMatchObject({ code: 1, output: '' });
  expect(refused.messages).toMatch(
    /^llara: The library "theirs" is written by .*; here it can only be searched/,
  );
  const second = await llara('second', 'library', 'create', 'team', '--at', address, ...way());
  expect(second.code).toBe(1);
  expect(second.messages).toMatch(/--take-over/);

  const secret = 'a-secret-that-is-wrong';
  const wrong = { ...environment, AWS_SECRET_ACCESS_KEY: secret };
  const asked = { home: join(scratch, 'reader'), environment: wrong };
  const denied = await runLlara(['search', 'roof', '-l', 'theirs'], asked);
  expect(denied).toMatchObject({ code: 1, output: '' });
  expect(denied.messages).toMatch(/does not accept the credentials/);
  const status = await runLlara(['status'], asked);
  expect(status.output).toMatch(
    /Library "theirs" cannot be opened\.\n {2}The store does not accept the credentials/,
  );

  const removed = await llara('reader', 'library', 'remove', 'theirs');
  expect(removed.output).toBe(`Forgotten: theirs. What is at ${address} stays there.\n`);
  expect((await llara('reader', 'library', 'attach', address, ...way())).code).toBe(0);

  const keys = [secret, ...Object.values(s3.environment)];
  const kept = filesBelow(scratch).filter((path) => keys.some((key) => readFileSync(path).includes(key)));
  expect(kept).toEqual([]);
  for (const { output, messages } of [created, attached, refused, second, denied, status])
    for (const key of keys) expect(`${output}${messages}`).not.toContain(key);
});

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());
}
