/** `llara serve` in the background: it outlives the command, says where its log is, is named by `status`, and stops when told to. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startHost } from '../../../src-main/host/start-host.ts';
import { createSmallEngine } from '../../support/fake-engine/small-engine.ts';
import { runLlara } from '../../support/run-llara.ts';

let home: string;
const llara = (...words: string[]) => runLlara(words, { home });

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-detached-'));
});
afterEach(async () => {
  await llara('serve', '--stop');
  rmSync(home, { recursive: true, force: true });
});

test('it starts, is found, and stops', async () => {
  const started = await llara('serve', '--detach', '--json');
  expect(started.messages).toBe('');
  const { url, token, log, alreadyRunning } = JSON.parse(started.output);
  expect({ code: started.code, alreadyRunning }).toEqual({ code: 0, alreadyRunning: false });
  const health = () => fetch(`${url}/health`, { headers: { authorization: `Bearer ${token}` } });
  expect((await health()).status).toBe(200);
  expect((await llara('status')).output).toMatch(
    new RegExp(`^Engine   running at ${url}, process \\d+$`, 'm'),
  );
  expect(JSON.parse((await llara('serve', '--detach', '--json')).output)).toMatchObject({
    url,
    alreadyRunning: true,
  });

  expect(await llara('serve', '--stop')).toMatchObject({ code: 0, output: 'Stopped.\n' });
  await expect(health()).rejects.toThrow();
  expect(existsSync(join(home, 'engine.json'))).toBe(false);
  expect(await llara('serve', '--stop')).toMatchObject({ code: 0, output: 'Nothing is being served.\n' });

  const written = readFileSync(log, 'utf8');
  expect(written).toMatch(/^Serving http:\/\/127\.0\.0\.1:\d+ since /);
  expect(written).not.toContain(token);
  if (process.platform !== 'win32') expect(statSync(log).mode & 0o077).toBe(0);
});

test('what it failed of is said, with the end of the log', async () => {
  const taken = await startHost({ router: createSmallEngine().router, rendererDirectory: null });
  const { code, messages } = await llara('serve', '--detach', '--port', new URL(taken.url).port);
  await taken.close();
  expect(code).toBe(1);
  expect(messages).toMatch(/ended while it started \(code 1\).*Port \d+ is taken.*The log is .*serve\.log/s);
});

test('the engine of the app is not stopped', async () => {
  const host = await startHost({ router: createSmallEngine({ home }).router, rendererDirectory: null, home });
  const { code, messages } = await llara('serve', '--stop');
  await host.close();
  expect(code).toBe(1);
  expect(messages).toContain('Quit the app to stop it.');
});

test('both at once is not understood', async () => {
  const { code, messages } = await llara('serve', '--detach', '--stop');
  expect(code).toBe(2);
  expect(messages).toContain('cannot be used with');
});
