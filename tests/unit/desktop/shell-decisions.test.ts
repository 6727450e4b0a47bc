import { describe, expect, it, vi } from 'vitest';
import { formatDocumentLink, parseDocumentLink } from '../../../src-main/common/links/document-link.ts';
import type { Job } from '../../../src-main/contract/jobs.ts';
import type { Library } from '../../../src-main/contract/libraries.ts';
import { settingsSchema } from '../../../src-main/contract/settings.ts';
import { BatteryPause } from '../../../src-main/desktop/engine/battery-pause.ts';
import { emptyMirror, mirrorEvent } from '../../../src-main/desktop/engine/engine-mirror.ts';
import { JobNotices } from '../../../src-main/desktop/engine/job-notices.ts';
import { hashOfLink, linkFromArguments } from '../../../src-main/desktop/security/deep-link.ts';
import { planLoginItem } from '../../../src-main/desktop/tray/login-item.ts';
import { trayMenu } from '../../../src-main/desktop/tray/tray-menu.ts';
import { trayState } from '../../../src-main/desktop/tray/tray-state.ts';
import { QuickShortcut, type ShortcutRegistry } from '../../../src-main/desktop/windows/quick-shortcut.ts';
import {
  defaultWindowState,
  fitToScreens,
  parseWindowState,
} from '../../../src-main/desktop/windows/window-state.ts';

function job(changes: Partial<Job> = {}): Job {
  return {
    id: 'job-1',
    kind: 'index',
    library: 'default',
    title: 'Index default',
    state: 'running',
    startedBy: 'person',
    pausedBy: null,
    progress: { phase: 'indexing', done: 40, total: 100, unit: 'files', etaSeconds: 180 },
    failure: null,
    result: null,
    createdAt: 0,
    startedAt: 0,
    endedAt: null,
    ...changes,
  };
}

describe('links to a document', () => {
  it('survive the way through text', () => {
    const link = { library: 'default', documentId: '3f-a:7.b', page: 12 };
    expect(parseDocumentLink(formatDocumentLink(link))).toEqual(link);
    expect(hashOfLink(link)).toBe('#/document/3f-a%3A7.b?library=default&page=12');
  });

  it.each([
    'https://open?document=a',
    'llara://delete?document=a',
    'llara://open?document=../../etc',
    'llara://open?document=a&page=0',
    'llara://open?document=a&page=1e3',
    'llara://open?document=a&library=../x',
    'llara://open',
    '--flag',
    `llara://open?document=${'a'.repeat(3000)}`,
  ])('are refused when they read %s', (text) => {
    expect(parseDocumentLink(text)).toBeNull();
  });

  it('are found among the arguments of a second start', () => {
    expect(linkFromArguments(['/usr/bin/llara', '--x', 'llara://open?document=a'])?.documentId).toBe('a');
    expect(linkFromArguments(['/usr/bin/llara'])).toBeNull();
  });
});

describe('the window state', () => {
  const screen = { x: 0, y: 0, width: 1920, height: 1080 };
  const stored = (bounds: object) => JSON.stringify({ bounds, maximized: false });

  it.each([
    ['nothing', null],
    ['half a file', '{"bounds":{"x":1'],
    ['another shape', '{"bounds":[],"maximized":false}'],
    ['a missing part', '{"bounds":{"x":1,"y":1,"width":500,"height":400}}'],
    ['a tiny window', stored({ x: 1, y: 1, width: 3, height: 2 })],
    ['a text', '"x"'],
  ])('is the default for %s', (_what, text) => {
    expect(parseWindowState(text)).toEqual(defaultWindowState);
  });

  it('keeps a position that can be seen', () => {
    const state = parseWindowState(stored({ x: 100, y: 50, width: 900, height: 700 }));
    expect(fitToScreens(state, [screen]).bounds).toEqual({ x: 100, y: 50, width: 900, height: 700 });
  });

  it.each([
    ['a screen that is gone', { x: 2500, y: 50, width: 900, height: 700 }],
    ['above the screen', { x: 100, y: -300, width: 900, height: 700 }],
    ['below the screen', { x: 100, y: 1075, width: 900, height: 700 }],
    ['a sliver', { x: 1900, y: 50, width: 900, height: 700 }],
  ])('gives up a position on %s', (_where, bounds) => {
    const state = parseWindowState(stored(bounds));
    expect(fitToScreens(state, [screen]).bounds).toEqual({ width: 900, height: 700 });
  });

  it('shrinks to the screen', () => {
    const state = parseWindowState(stored({ x: 0, y: 0, width: 4000, height: 3000 }));
    expect(fitToScreens(state, [screen]).bounds).toMatchObject({ width: 1920, height: 1080 });
  });
});

describe('the mirror of the engine', () => {
  const library = (path: string): Library => ({
    name: 'default',
    folders: [
      {
        id: 'f',
        path,
        isFile: false,
        exclude: [],
        recognise: true,
        addedAt: 0,
        documentCount: 0,
        unavailable: null,
        watchProblem: null,
      },
    ],
    counts: {
      pending: 0,
      indexed: 0,
      scan: 0,
      empty: 0,
      encrypted: 0,
      unsupported: 0,
      'too-large': 0,
      failed: 0,
    },
    chunkCount: 0,
    vectorSets: [],
    meaning: { passages: 0, embedded: 0 },
    encoder: null,
    wordsOnlyReason: null,
  });
  const snapshot = {
    version: '1',
    home: '/h',
    libraries: [library('/docs')],
    unavailableLibraries: [],
    deviceProblem: null,
    jobs: [job(), job({ id: 'old', state: 'completed', endedAt: 1 })],
    settings: settingsSchema.parse({}),
  };

  it('starts with the snapshot and follows what changes', () => {
    const joined = mirrorEvent(emptyMirror, { type: 'snapshot', snapshot });
    expect([...joined.jobs.keys()]).toEqual(['job-1']);
    expect(joined.folders.get('default')).toEqual(['/docs']);
    const moved = mirrorEvent(joined, { type: 'library', library: library('/papers') });
    expect(moved.folders.get('default')).toEqual(['/papers']);
    expect(mirrorEvent(moved, { type: 'library-removed', name: 'default' }).folders.size).toBe(0);
    const ended = mirrorEvent(moved, { type: 'job', job: job({ state: 'failed', endedAt: 2 }) });
    expect(ended.jobs.size).toBe(0);
    expect(joined.jobs.size).toBe(1);
  });

  it('forgets everything of the former engine at a new snapshot', () => {
    const before = mirrorEvent(emptyMirror, { type: 'job', job: job({ id: 'lost' }) });
    const after = mirrorEvent(before, { type: 'snapshot', snapshot: { ...snapshot, jobs: [] } });
    expect(after.jobs.size).toBe(0);
  });
});

describe('the tray', () => {
  it.each([
    [[], 'idle', 'Ready to search'],
    [[job()], 'busy', 'Index default: 40 %, about 3 min left'],
    [[job({ state: 'paused' })], 'paused', 'Index default: paused'],
    [
      [job({ state: 'paused' }), job({ id: 'b', title: 'Learn', state: 'queued' })],
      'busy',
      'Learn: waiting and 1 more',
    ],
    [
      [job({ progress: { phase: 'scanning', done: 3, total: null, unit: 'files', etaSeconds: null } })],
      'busy',
      'Index default: scanning',
    ],
  ])('tells of %#', (jobs, icon, sentence) => {
    expect(trayState({ type: 'running' }, jobs)).toMatchObject({ icon, sentence });
  });

  it('tells of a stopped engine before anything else', () => {
    expect(trayState({ type: 'gone', reason: 'x' }, [job()])).toMatchObject({
      icon: 'problem',
      pausable: [],
    });
  });

  it('offers to pause what runs and to resume what waits', () => {
    const actions = { show: vi.fn(), quickSearch: vi.fn(), apply: vi.fn(), quit: vi.fn() };
    const state = trayState({ type: 'running' }, [job(), job({ id: 'b', state: 'paused' })]);
    const menu = trayMenu(state, actions);
    for (const label of ['Pause', 'Resume'])
      (menu.find((item) => item.label === label)!.click as () => void)();
    expect(actions.apply.mock.calls).toEqual([
      [{ pause: ['job-1'], resume: [] }],
      [{ pause: [], resume: ['b'] }],
    ]);
  });
});

describe('notifications', () => {
  const ended = (changes: Partial<Job> = {}) => job({ state: 'completed', endedAt: 60_000, ...changes });
  const unseen = { windowFocused: false };

  it('tell once of a long job that ended unseen', () => {
    const notices = new JobNotices();
    expect(notices.next(ended(), unseen)).toEqual({
      title: 'Your documents are indexed',
      body: 'Index default',
      hash: '#/library',
    });
    expect(notices.next(ended(), unseen)).toBeNull();
  });

  it.each([
    ['a short one', ended({ endedAt: 5_000 }), unseen],
    ['a cancelled one', ended({ state: 'cancelled' }), unseen],
    ['a running one', job(), unseen],
    ['one that was looked at', ended(), { windowFocused: true }],
  ])('keep quiet about %s', (_which, which, options) => {
    expect(new JobNotices().next(which, options)).toBeNull();
  });

  it('tell of a failure however short, with its reason', () => {
    const failure = {
      code: 'out-of-memory' as const,
      phase: 'training' as const,
      message: 'Too little memory.',
      retryable: true,
    };
    const notice = new JobNotices().next(
      ended({ kind: 'adapt', state: 'failed', failure, endedAt: 10 }),
      unseen,
    );
    expect(notice).toEqual({ title: 'Learning stopped', body: 'Too little memory.', hash: '#/adapt' });
  });

  it('keep quiet about what had ended before', () => {
    const notices = new JobNotices();
    notices.ignore([ended()]);
    expect(notices.next(ended(), unseen)).toBeNull();
  });
});

describe('work on battery', () => {
  const onBattery = { onBattery: true, pauseOnBattery: true };
  const onMains = { onBattery: false, pauseOnBattery: true };
  const held = job({ state: 'paused', pausedBy: 'battery' });

  it('is paused once, whether it runs or waits, and resumed on mains power', () => {
    const pause = new BatteryPause();
    const waiting = job({ id: 'waiting', state: 'queued' });
    const download = job({ id: 'd', kind: 'download' });
    expect(pause.update(onBattery, [job(), waiting, download]).pause).toEqual(['job-1', 'waiting']);
    expect(pause.update(onBattery, [job(), waiting]).pause).toEqual([]);
    expect(pause.update(onMains, [held])).toEqual({ pause: [], resume: ['job-1'] });
  });

  it('is held too where it begins by itself later, as when a watched folder changes', () => {
    const pause = new BatteryPause();
    pause.update(onBattery, []);
    const watched = job({ id: 'watched', state: 'queued', startedBy: 'llara' });
    expect(pause.update(onBattery, [watched]).pause).toEqual(['watched']);
    expect(pause.update(onMains, [{ ...watched, state: 'paused', pausedBy: 'battery' }]).resume).toEqual([
      'watched',
    ]);
  });

  it('goes on where a person starts it on battery, or resumes what was held', () => {
    const pause = new BatteryPause();
    const watched = job({ id: 'watched', startedBy: 'llara' });
    pause.update(onBattery, [job(), watched]);
    expect(pause.update(onBattery, [job(), watched, job({ id: 'wanted' })]).pause).toEqual([]);
  });

  it('goes on after a restart of the program that held it', () => {
    expect(new BatteryPause().update(onMains, [held]).resume).toEqual(['job-1']);
  });

  it('leaves alone what the person resumed, ended or paused', () => {
    const pause = new BatteryPause();
    const own = job({ id: 'own', state: 'paused', pausedBy: 'person' });
    pause.update(onBattery, [job(), own]);
    expect(pause.update(onMains, [job(), own])).toEqual({ pause: [], resume: [] });
  });

  it('goes on where the setting says so', () => {
    const pause = new BatteryPause();
    expect(pause.update({ onBattery: true, pauseOnBattery: false }, [job()]).pause).toEqual([]);
    expect(pause.update(onBattery, [job()]).pause).toEqual(['job-1']);
    expect(pause.update({ onBattery: true, pauseOnBattery: false }, [held]).resume).toEqual(['job-1']);
  });
});

describe('the quick-search shortcut', () => {
  function registry(taken: string[] = []) {
    const held = new Map<string, () => void>();
    return {
      held,
      register: (accelerator, callback) => {
        if (accelerator === 'Nonsense+') throw new TypeError('conversion failure');
        if (taken.includes(accelerator)) return false;
        held.set(accelerator, callback);
        return true;
      },
      unregister: (accelerator) => void held.delete(accelerator),
    } satisfies ShortcutRegistry & { held: Map<string, () => void> };
  }

  it('is registered once and replaced', () => {
    const keys = registry();
    const press = vi.fn();
    const shortcut = new QuickShortcut(keys, press);
    expect(shortcut.use('Alt+Space')).toEqual({ type: 'active', accelerator: 'Alt+Space' });
    shortcut.use('Alt+Space');
    shortcut.use('Alt+K');
    expect([...keys.held.keys()]).toEqual(['Alt+K']);
    keys.held.get('Alt+K')?.();
    expect(press).toHaveBeenCalledOnce();
  });

  it.each([
    ['Alt+Space', 'Another program'],
    ['Nonsense+', 'is not a key combination'],
  ])('reports that %s cannot be had', (accelerator, reason) => {
    const keys = registry(['Alt+Space']);
    const shortcut = new QuickShortcut(keys, () => {});
    shortcut.use('Alt+K');
    expect(shortcut.use(accelerator)).toMatchObject({
      type: 'unavailable',
      reason: expect.stringContaining(reason),
    });
    expect(keys.held.size).toBe(0);
    expect(shortcut.use('').type).toBe('off');
  });
});

describe('starting at login', () => {
  const linux = {
    platform: 'linux',
    packaged: true,
    programPath: '/opt/My "App"/llara',
    configFolder: '/home/a/.config',
  };

  it('writes an autostart entry on Linux, quoted as the specification asks, and deletes it', () => {
    const plan = planLoginItem(true, linux);
    expect(plan).toMatchObject({ type: 'file', path: '/home/a/.config/autostart/org.llara.desktop.desktop' });
    expect(plan.type === 'file' && plan.content).toContain('Exec="/opt/My \\\\"App\\\\"/llara" --hidden');
    expect(planLoginItem(false, linux)).toMatchObject({ type: 'file', content: null });
  });

  it.each(['darwin', 'win32'])("uses the system's list on %s", (platform) => {
    expect(planLoginItem(false, { ...linux, platform })).toEqual({
      type: 'system',
      openAtLogin: false,
      args: ['--hidden'],
    });
  });

  it('is off by default and not supported from sources', () => {
    expect(settingsSchema.parse({}).startAtLogin).toBe(false);
    expect(planLoginItem(true, { ...linux, packaged: false }).type).toBe('not-supported');
  });
});
