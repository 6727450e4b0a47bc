/** Settings act as the table says: at once, on those who registered for them, and only when something changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineEvent } from '../../../src-main/contract/events.ts';
import type { EventHub } from '../../../src-main/engine/event-hub.ts';
import type { FolderWatch } from '../../../src-main/engine/folder-watch.ts';
import { HomeDatabase } from '../../../src-main/engine/home-database.ts';
import type { LibrarySet } from '../../../src-main/engine/library-set.ts';
import type { RerankerPool } from '../../../src-main/engine/searching/reranker-pool.ts';
import { EngineSettings } from '../../../src-main/engine/settings/engine-settings.ts';
import { observeSettings } from '../../../src-main/engine/settings/observe-settings.ts';

let home = '';
let database: HomeDatabase;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'llara-settings-'));
  database = new HomeDatabase(home);
});
afterEach(() => {
  database.close();
  rmSync(home, { recursive: true, force: true });
});

const library = (name: string, folders: string[], tooLarge: string[]) => ({
  name,
  folders: { list: () => folders },
  documents: {
    withState: (state: string) => (state === 'too-large' ? tooLarge.map((id) => ({ id })) : []),
    get: () => null,
    forgetContent: vi.fn(),
    markPending: vi.fn(),
  },
});

function setUp({ watches = true } = {}) {
  const events: EngineEvent[] = [];
  const watch = { start: vi.fn(), close: vi.fn() };
  const index = vi.fn();
  const reranker = { follow: vi.fn() };
  const libraries = [library('full', ['/papers'], ['thick']), library('empty', [], [])];
  const settings = new EngineSettings(database);
  observeSettings({
    settings,
    events: { publish: (event: EngineEvent) => events.push(event) } as unknown as EventHub,
    libraries: { all: () => libraries } as unknown as LibrarySet,
    reranker: reranker as unknown as RerankerPool,
    watch: watches ? (watch as unknown as FolderWatch) : null,
    index,
  });
  return { settings, events, watch, index, libraries, reranker };
}

describe('watching folders', () => {
  it('ends and begins at once, and looks for what changed meanwhile', () => {
    const { settings, watch, index } = setUp();
    settings.update({ watchFolders: false });
    expect(watch.close).toHaveBeenCalledOnce();
    expect(index).not.toHaveBeenCalled();
    settings.update({ watchFolders: true });
    expect(watch.start).toHaveBeenCalledOnce();
    expect(index.mock.calls).toEqual([['full']]);
  });

  it('stays off in an engine that was opened without it', () => {
    const { settings, watch } = setUp({ watches: false });
    settings.update({ watchFolders: false });
    settings.update({ watchFolders: true });
    expect(watch.start).not.toHaveBeenCalled();
  });
});

it('lets go of a reranker once another one or none is chosen', () => {
  const { settings, reranker } = setUp();
  settings.update({ reranker: '' });
  expect(reranker.follow).not.toHaveBeenCalled();
  settings.update({ reranker: 'a' });
  expect(reranker.follow).toHaveBeenCalledOnce();
});

it('reads what was too large once the limit is raised, and nothing when it is lowered', () => {
  const { settings, index, libraries } = setUp();
  settings.update({ maxFileMegabytes: 100 });
  expect(index).not.toHaveBeenCalled();
  settings.update({ maxFileMegabytes: 300 });
  expect(libraries[0]!.documents.forgetContent).toHaveBeenCalledWith('thick');
  expect(libraries[0]!.documents.markPending).toHaveBeenCalledWith('thick');
  expect(index.mock.calls).toEqual([['full']]);
});

it('tells every client of a change, and nobody of none', () => {
  const { settings, events } = setUp();
  settings.update({ theme: 'dark' });
  settings.update({ theme: 'dark' });
  expect(events).toMatchObject([{ type: 'settings', settings: { theme: 'dark' } }]);
});
