/** What is begun that nobody asked for: nothing by a command that ends, and no scans where a person has said so. */
import { beforeEach, expect, it } from 'vitest';
import { type BackgroundParts, BackgroundWork } from '../../../src-main/engine/background-work.ts';

const session = {
  name: 'default',
  isReadOnly: false,
  folders: { list: () => [{ id: 'f', unavailable: null, recognise: true }] },
  documents: { waiting: () => [{ folderId: 'f', contentHash: 'a', waitingPages: [1, 2] }] },
  recognised: { done: () => new Map(), secondsPerPage: () => 1 },
};
let readScans = true;
let submitted: { kind: string; startedBy: string }[] = [];
const parts = {
  jobs: {
    list: () => [],
    timesAsked: () => submitted.length,
    submit: (request: { kind: string; startedBy: string }) => {
      submitted.push(request);
      return { id: `${submitted.length}` };
    },
  },
  libraries: { all: () => [session], get: () => session },
  languageFiles: { installed: async () => ['eng'] },
  settings: { get: () => ({ readScans }) },
} as unknown as BackgroundParts;
const work = (options = {}) => new BackgroundWork(parts, { isOff: false, readsScans: true, ...options });

beforeEach(() => {
  readScans = true;
  submitted = [];
});

it('reads few scans by itself, and says that no person began it', async () => {
  await work().recogniseWhatIsLittle();
  expect(submitted).toMatchObject([{ kind: 'recognise', startedBy: 'llara' }]);
});

it('leaves scans where the setting says so, and to an engine that stays', async () => {
  readScans = false;
  await work().recogniseWhatIsLittle();
  readScans = true;
  await work({ readsScans: false }).recogniseWhatIsLittle();
  expect(submitted).toEqual([]);
});

it('begins nothing for a command that searches by words and ends', () => {
  expect(work({ isOff: true }).index('default')).toBeNull();
  expect(work().index('default')).toBe('1');
  expect(submitted).toMatchObject([{ kind: 'index', library: 'default' }]);
});

it('tells a run each time that another is asked for', () => {
  work().index('default');
  const isAsked = work().askedToIndex('default');
  const told = [isAsked()];
  for (let time = 0; time < 2; time += 1) {
    work().index('default', 'words');
    told.push(isAsked(), isAsked());
  }
  expect(told).toEqual([false, true, false, true, false]);
});
