import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const sources = globSync('src-main/**/*.ts', { cwd: root }).map((path) => ({
  path: path.replaceAll('\\', '/'),
  text: readFileSync(join(root, path), 'utf8'),
}));
/** A function of ours named `fetch` reaches no network. */
const withoutOwnFetch = (paths: string[]) =>
  paths.filter(
    (path) =>
      !sources.find((source) => source.path === path)!.text.match(/(function|const) fetch\b|\bfetch: \(/),
  );
const filesWith = (pattern: RegExp) =>
  sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);

/** Rules of Electron's runtime that code running under plain Node would not notice. */
describe('code that also runs inside Electron', () => {
  it('was found at all', () => {
    expect(sources.length).toBeGreaterThan(100);
  });

  it('keeps Electron to the desktop folder', () => {
    const importers = filesWith(/from 'electron(\/\w+)?'/);
    expect(importers.length).toBeGreaterThan(5);
    expect(importers.filter((path) => !path.startsWith('src-main/desktop/'))).toEqual([]);
  });

  it('makes no view of native memory, which its V8 refuses', () => {
    expect(filesWith(/koffi\.view\(/)).toEqual([]);
  });

  it('starts no program as Node from the engine, which the fuses forbid', () => {
    const starters = filesWith(/process\.execPath|ELECTRON_RUN_AS_NODE|\bfork\(/);
    const allowed = /^src-main\/(cli|host|desktop)\/|^src-main\/common\/run-entry\.ts$/;
    expect(starters.filter((path) => !allowed.test(path))).toEqual([]);
  });

  it('reaches the network from few places, each begun by the person', () => {
    const users = filesWith(
      /(?<![.#\w])fetch\(|from 'node:https?'|from 'node:net'|createModelDownloader|import\('electron-updater'/,
    );
    expect(
      withoutOwnFetch(users)
        .filter((path) => !/^src-main\/(cli|host)\//.test(path))
        .sort(),
    ).toEqual([
      // These two know addresses of this machine alone.
      'src-main/answering/chat/loopback-address.ts',
      'src-main/answering/chat/open-ai-server.ts',
      'src-main/desktop/updates/load-updater.ts',
      'src-main/engine/downloads/download-file.ts',
      'src-main/engine/downloads/npm/registry.ts',
    ]);
  });
});
