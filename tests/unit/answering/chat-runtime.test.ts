/** What node-llama-cpp finds in the process of an answer, each in a process of its own, for hooks stay. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'llara-hooks-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What `expression` comes to after `fitRuntime` with these arguments. */
function after(fitting: readonly [string | null, boolean], expression: string): unknown {
  const module = pathToFileURL(join(root, 'src-main/answering/chat/chat-runtime.ts')).href;
  const script = `
    const { fitRuntime } = await import(${JSON.stringify(module)});
    fitRuntime(...${JSON.stringify(fitting)});
    console.log(JSON.stringify(await (${expression})));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(output.trim().split('\n').at(-1)!);
}

it('a build that was fetched is found under the name of its package, and no other is touched', () => {
  const folder = join(scratch, 'linux-x64-fetched/dist');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, '../package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'index.js'), 'export const getBinsDir = () => ({ binsDir: "fetched" });');
  const find = (name: string) =>
    `import('@node-llama-cpp/${name}').then((m) => m.getBinsDir(), (e) => e.code)`;
  expect(after([scratch, false], find('linux-x64-fetched'))).toEqual({ binsDir: 'fetched' });
  expect(after([null, false], find('linux-x64-fetched'))).toBe('ERR_MODULE_NOT_FOUND');
  expect(after([scratch, false], find('linux-x64-other'))).toBe('ERR_MODULE_NOT_FOUND');
});

it('inside Electron no second process is started to try a build', () => {
  const path = 'node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js';
  const source = `import(${JSON.stringify(pathToFileURL(join(root, path)).href)}).then((m) => m.testBindingBinary.length)`;
  expect(after([null, true], source)).toBe(0);
  // The library's own takes the place of the addon and more: were that to change, the hook would have to as well.
  expect(after([null, false], source)).toBeGreaterThan(0);
});
