/** `llara mcp install` as a real process: what it shows, writes, keeps, and takes out again. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runLlara } from '../../support/run-llara.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llara-install-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const llara = (...words: string[]) =>
  runLlara(['mcp', 'install', ...words], {
    home: join(folder, 'data'),
    environment: {
      HOME: folder,
      USERPROFILE: folder,
      XDG_CONFIG_HOME: '',
      CODEX_HOME: '',
      CLAUDE_CONFIG_DIR: '',
    },
  });

test('shows, writes, keeps what is there and takes it out again', async () => {
  const path = join(folder, '.claude.json');
  const before = '{\n  "theme": "dark", // at night\n  "mcpServers": {}\n}\n';
  writeFileSync(join(folder, 'elsewhere.json'), before, { mode: 0o600 });
  chmodSync(join(folder, 'elsewhere.json'), 0o600);
  symlinkSync('elsewhere.json', path);

  const printed = await llara('claude-code', '--print');
  expect(printed.output).toContain('"mcpServers"');
  expect(readFileSync(path, 'utf8')).toBe(before);

  const written = await llara('claude-code', '--library', 'work');
  expect(written.code, written.messages).toBe(0);
  expect(written.output).toMatch(/^Writes into .*elsewhere\.json:/);
  const after = readFileSync(join(folder, 'elsewhere.json'), 'utf8');
  expect(after).toContain('"theme": "dark", // at night');
  expect(after).toMatch(/llara\.js",\s+"mcp",\s+"--library",\s+"work"/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await llara('claude-code', '--library', 'work')).output).toContain('holds this entry already');

  const allowed = await llara('claude-code', '--allow-writing');
  expect(allowed.output).toMatch(/"mcp",\s+"--allow-writing"\s+\]/);
  expect(readFileSync(path, 'utf8')).toMatch(/llara\.js",\s+"mcp",\s+"--allow-writing"\s+\]/);

  expect((await llara('claude-code', '--remove')).output).toContain('Removed.');
  expect(JSON.parse((await llara('claude-code', '--remove', '--json')).output)).toMatchObject({
    changed: false,
  });
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('a new file, a damaged one, an unknown program', async () => {
  const first = await llara('codex', '--json');
  expect(first.code, first.messages).toBe(0);
  const { path } = JSON.parse(first.output);
  expect(path).toBe(join(folder, '.codex', 'config.toml'));
  expect(readFileSync(path, 'utf8')).toContain('[mcp_servers.llara]\n');

  writeFileSync(path, 'model = [');
  const damaged = await llara('codex');
  expect(damaged).toMatchObject({ code: 1, output: '' });
  expect(damaged.messages).toMatch(/config\.toml cannot be read .*left as it is/);
  expect(readFileSync(path, 'utf8')).toBe('model = [');

  const unknown = await llara('notepad');
  expect(unknown.code).toBe(2);
  expect(unknown.messages).toContain('claude-desktop');
});
