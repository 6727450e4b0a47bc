/** A scan finds what a person would call the documents in a folder, and survives what folders really contain. */
import fs, {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { entryPath } from '../../../src-main/common/entry-path.ts';
import { hashFile } from '../../../src-main/library/extraction/hash-file.ts';
import { leftOutByName } from '../../../src-main/library/watching/exclusion.ts';
import { ChangeGatherer, type GatherOptions } from '../../../src-main/library/watching/gather-changes.ts';
import { type ScanOptions, scanFolder } from '../../../src-main/library/watching/scan-folder.ts';
import {
  type FolderWatcher,
  type WatchOptions,
  watchFolders,
} from '../../../src-main/library/watching/watch-folders.ts';

let root = '';
const add = (...paths: string[]) => {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), path);
  }
};
const scan = async (options?: ScanOptions) => {
  const found: string[] = [];
  for await (const file of scanFolder(root, options)) found.push(file.relativePath);
  return found;
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'llara-scan-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('scanFolder', () => {
  it('finds files at any depth, in one order, with size and time', async () => {
    add('b.txt', 'a/c.md', 'a/b/d.pdf');
    expect(await scan()).toEqual(['a/b/d.pdf', 'a/c.md', 'b.txt']);
    for await (const file of scanFolder(root)) {
      expect(file.sizeBytes).toBe(file.relativePath.length);
      expect(Number.isInteger(file.modifiedAt)).toBe(true);
      expect(file.path).toBe(join(root, file.relativePath));
    }
  });

  it('leaves out hidden files, version control, packages and lock files of Office', async () => {
    add('.hidden', '.git/config', 'node_modules/x/README.md', 'a/.b/c.txt', '~$open.docx', 'seen.txt');
    expect(await scan()).toEqual(['seen.txt']);
  });

  it('leaves out what is unmistakably no document, and says by which rule', async () => {
    add(
      'a/node_modules/x.md',
      '.git/config',
      'yarn.lock',
      '__pycache__/x.txt',
      'b/y.log',
      'build/plan.md',
      'vendor/ann.md',
    );
    const rules: string[] = [];
    expect(await scan({ exclude: ['*.log'], onSkipped: ({ rule }) => rules.push(rule) })).toEqual([
      'build/plan.md',
      'vendor/ann.md',
    ]);
    expect(rules.sort()).toEqual(['cache', 'dependencies', 'excluded', 'hidden', 'lock-file']);
  });

  it('leaves out what a tool builds, beside the file of its project alone, and takes it back', async () => {
    add('papers/build/plan.md', 'papers/target/goals.md', 'papers/dist.md');
    add('app/package.json', 'app/dist/a.md', 'app/build/b.md', 'app/src/dist/c.md', 'app/out.md');
    add('crate/Cargo.toml', 'crate/target/debug/d.md', 'net/Tool.csproj', 'net/obj/e.txt');
    const skipped: string[] = [];
    const found = await scan({ onSkipped: ({ rule, name }) => skipped.push(`${rule} ${name}`) });
    expect(found).toEqual([
      'app/out.md',
      'app/package.json',
      'app/src/dist/c.md',
      'crate/Cargo.toml',
      'net/Tool.csproj',
      'papers/build/plan.md',
      'papers/dist.md',
      'papers/target/goals.md',
    ]);
    expect(skipped.sort()).toEqual([
      'build-output build',
      'build-output dist',
      'build-output obj',
      'build-output target',
    ]);
    expect(await scan({ exclude: ['!dist', 'papers', 'crate', 'net'] })).toContain('app/dist/a.md');
  });

  it('takes back what is left out for its name, there and below, and nothing else', async () => {
    add(
      'node_modules/a/.git/x.md',
      'node_modules/a/b.md',
      'deep/node_modules/c.md',
      '.notes/d.md',
      '.notes/e.log',
    );
    add('deep/.notes/f.md', 'yarn.lock');
    expect(await scan({ exclude: ['!node_modules'] })).toEqual([
      'deep/node_modules/c.md',
      'node_modules/a/b.md',
    ]);
    expect(await scan({ exclude: ['!.notes', '*.log'] })).toEqual(['.notes/d.md', 'deep/.notes/f.md']);
    expect(await scan({ exclude: ['!deep/.notes'] })).toEqual(['deep/.notes/f.md']);
  });

  it('follows .gitignore where asked to, inner files over outer ones', async () => {
    add('dist/a.md', 'notes/dist/b.md', 'notes/keep.log', 'notes/c.log', 'root.md', 'deep/root.md');
    writeFileSync(join(root, '.gitignore'), '# built\ndist/\n*.log\n/root.md\n');
    writeFileSync(join(root, 'notes/.gitignore'), '!keep.log\n');
    expect(await scan()).toHaveLength(6);
    const rules: string[] = [];
    const found = await scan({ followGitignore: true, onSkipped: ({ rule }) => rules.push(rule) });
    expect(found).toEqual(['deep/root.md', 'notes/keep.log']);
    expect(rules.filter((rule) => rule === 'gitignore')).toHaveLength(4);
  });

  it.each([
    ['a name at any depth', ['*.log'], ['a/keep.md', 'a/old/x.md', 'b/drafts/y.md']],
    ['a folder by name', ['drafts'], ['a/keep.md', 'a/old/x.md', 'a/z.log']],
    ['a folder by path', ['a/old/'], ['a/keep.md', 'a/z.log', 'b/drafts/y.md']],
    ['everything below', ['a/**'], ['b/drafts/y.md']],
    ['several things', ['*.log', './a/old', ''], ['a/keep.md', 'b/drafts/y.md']],
  ])('leaves out %s', async (_, exclude, expected) => {
    add('a/keep.md', 'a/old/x.md', 'a/z.log', 'b/drafts/y.md');
    expect(await scan({ exclude })).toEqual(expected);
  });

  it('leaves out what the folder’s own list names', async () => {
    add('a.md', 'b.md', 'c/LICENSE');
    writeFileSync(join(root, '.llaraignore'), '# a remark\nLICENSE\r\nb.md\n');
    expect(await scan()).toEqual(['a.md']);
  });

  it('takes an é of one letter for one of two, and names of Windows in either letters', async () => {
    add('Re\u0301sume\u0301.md', 'kept.md', 'Desktop.ini', 'THUMBS.DB');
    expect(await scan({ exclude: ['R\u00e9sum\u00e9.md'] })).toEqual(['kept.md']);
  });

  it('follows links to files and folders, but never round in circles', async () => {
    add('a/file.txt');
    symlinkSync(root, join(root, 'a/loop'));
    symlinkSync(join(root, 'a/file.txt'), join(root, 'linked.txt'));
    symlinkSync(join(root, 'nowhere'), join(root, 'broken'));
    expect(await scan()).toEqual(['a/file.txt', 'linked.txt']);
  });

  it('names a link that leads nowhere where it is called like a document', async () => {
    symlinkSync(join(root, 'away', 'lease.pdf'), join(root, 'lease.pdf'));
    symlinkSync('circle.md', join(root, 'circle.md'));
    symlinkSync('/usr/bin/nowhere', join(root, 'python'));
    expect(await scan()).toEqual(['circle.md', 'lease.pdf']);
  });

  const mayReadAnything = process.getuid?.() === 0;
  if (mayReadAnything)
    console.warn('Skipped: unreadable folders cannot be tried as root, who may read everything.');
  it.skipIf(mayReadAnything)('reports a folder it may not read, and goes on', async () => {
    add('a/x.txt', 'b.txt');
    chmodSync(join(root, 'a'), 0);
    const notices: string[] = [];
    const unreadable: string[] = [];
    const found = await scan({
      onNotice: (notice) => notices.push(notice),
      onUnreadable: (path) => unreadable.push(path),
    });
    chmodSync(join(root, 'a'), 0o700);
    expect(found).toEqual(['b.txt']);
    expect(notices).toEqual([expect.stringContaining('no permission')]);
    expect(unreadable).toEqual([join(root, 'a')]);
  });

  it('throws when the folder itself is gone, rather than finding nothing', async () => {
    rmSync(root, { recursive: true });
    await expect(scan()).rejects.toMatchObject({ code: 'path-not-readable' });
  });

  it('stops when it is told to', async () => {
    add('a.txt', 'b.txt', 'c.txt');
    const controller = new AbortController();
    const found: string[] = [];
    const run = async () => {
      for await (const file of scanFolder(root, { signal: controller.signal })) {
        found.push(file.relativePath);
        controller.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(found).toEqual(['a.txt']);
  });
});

describe('watchFolders', () => {
  let watcher: FolderWatcher | undefined;
  afterEach(() => watcher?.close());

  /** With changes that come together as one, as whoever watches wants them. */
  function gathered(
    paths: string[],
    onChange: () => void,
    {
      quietMs,
      latestMs = () => 10 * quietMs,
      ...options
    }: WatchOptions & Partial<GatherOptions> & { quietMs: number },
  ): FolderWatcher {
    const gatherer = new ChangeGatherer(onChange, { quietMs, latestMs });
    const { ready, close } = watchFolders(paths, () => gatherer.note(), options);
    return {
      ready,
      close: () => {
        close();
        gatherer.close();
      },
    };
  }

  it('calls once for changes that come together, and not after it was closed', async () => {
    add('a.txt');
    const onChange = vi.fn();
    watcher = gathered([root], onChange, { quietMs: 150 });
    await watcher.ready;
    add('b.txt', 'c/d.txt', 'e.txt');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
    expect(onChange).toHaveBeenCalledTimes(1);
    watcher.close();
    add('f.txt');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('calls while changes never cease, as late as it was told', async () => {
    const onChange = vi.fn();
    watcher = gathered([root], onChange, { quietMs: 30_000, latestMs: () => 300 });
    await watcher.ready;
    const startedAtMs = performance.now();
    add('b.txt');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 20_000 });
    expect(performance.now() - startedAtMs).toBeGreaterThan(290);
  });

  it('sees what happens in folders that were made later', async () => {
    const onChange = vi.fn();
    watcher = gathered([root], onChange, { quietMs: 100 });
    await watcher.ready;
    add('new/deep/a.txt');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    onChange.mockClear();
    writeFileSync(join(root, 'new/deep/a.txt'), 'changed');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
  });

  it('sees what is deleted, and survives the end of the folder itself', async () => {
    add('a/b.txt');
    const onChange = vi.fn();
    const onError = vi.fn();
    watcher = gathered([root, join(root, 'nowhere')], onChange, { quietMs: 100, onError });
    await watcher.ready;
    rmSync(join(root, 'a'), { recursive: true });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
    onChange.mockClear();
    rmSync(root, { recursive: true });
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
    expect(onError).not.toHaveBeenCalled();
  });

  it('notices a folder that comes back, and watches it again', async () => {
    const path = join(root, 'disk');
    const onChange = vi.fn();
    watcher = gathered([path], onChange, { quietMs: 50, returnCheckMs: 50 });
    await watcher.ready;
    add('disk/a.txt');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    onChange.mockClear();
    add('disk/b.txt');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
  });

  it('of a single file, sees another one take its place and its end, and nothing of its neighbours', async () => {
    add('ferry.txt', 'soup.txt', 'new.txt');
    const [ofFile, ofFolder] = [vi.fn(), vi.fn()];
    const path = join(root, 'ferry.txt');
    watcher = watchFolders([path], ofFile, { isFile: () => true });
    const control = gathered([root], ofFolder, { quietMs: 50 });
    await Promise.all([watcher.ready, control.ready]);
    add('soup.txt', 'deep/er.txt');
    await vi.waitFor(() => expect(ofFolder).toHaveBeenCalled(), { timeout: 10_000 });
    control.close();
    expect(ofFile).not.toHaveBeenCalled();
    renameSync(join(root, 'new.txt'), path);
    await vi.waitFor(() => expect(ofFile).toHaveBeenCalled(), { timeout: 10_000 });
    ofFile.mockClear();
    rmSync(path);
    await vi.waitFor(() => expect(ofFile).toHaveBeenCalled(), { timeout: 10_000 });
  });

  it('reports nothing of a folder that comes back while it is closed', async () => {
    const path = join(root, 'disk');
    const onChange = vi.fn();
    watcher = watchFolders([path], onChange, { returnCheckMs: 5 });
    await watcher.ready;
    add('disk/a.txt');
    for (let folder = 0; folder < 300; folder++) mkdirSync(join(path, `${folder}`));
    // By then the folder has been seen, and is being taken in.
    await new Promise((resolve) => setTimeout(resolve, 10));
    watcher.close();
    const callsBefore = onChange.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(onChange).toHaveBeenCalledTimes(callsBefore);
  });

  it('keeps one watch for each folder, however many events tell of it', async () => {
    const { watch } = fs;
    let openCount = 0;
    fs.watch = ((...parameters: Parameters<typeof watch>) => {
      openCount += 1;
      return watch(...parameters).once('close', () => {
        openCount -= 1;
      });
    }) as typeof watch;
    syncBuiltinESMExports();
    try {
      const onChange = vi.fn();
      watcher = gathered([root], onChange, { quietMs: 50 });
      await watcher.ready;
      for (let number = 0; number < 20; number++) {
        add(`new-${number}/a.txt`);
        rmSync(join(root, `new-${number}`), { recursive: true });
        add(`new-${number}/a.txt`);
      }
      await vi.waitFor(() => expect(openCount).toBeGreaterThanOrEqual(21), { timeout: 10_000 });
      watcher.close();
      await vi.waitFor(() => expect(openCount).toBe(0), { timeout: 5_000 });
    } finally {
      fs.watch = watch;
      syncBuiltinESMExports();
    }
  });

  it('calls for a hidden folder that was taken back', async () => {
    add('.notes/a.md');
    const onChange = vi.fn();
    watcher = gathered([root], onChange, { quietMs: 50, leftOutOf: () => leftOutByName(['!.notes']) });
    await watcher.ready;
    writeFileSync(join(root, '.notes/a.md'), 'changed');
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), { timeout: 10_000 });
  });

  it('does not call for hidden files', async () => {
    const onChange = vi.fn();
    watcher = gathered([root], onChange, { quietMs: 50 });
    await watcher.ready;
    add('.hidden', '.git/x');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(onChange).not.toHaveBeenCalled();
  });
});

it('hashes the bytes of a file', async () => {
  writeFileSync(join(root, 'a'), 'abc');
  expect(await hashFile(join(root, 'a'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  await expect(hashFile(join(root, 'b'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it.each([
  ['file:///app/src-main/library/pool.ts', '/app/src-main/library/worker.ts'],
  ['file:///app/out/main/index.js', '/app/out/main/worker.js'],
  ['file:///app/out/main/chunks/pool-abc.js', '/app/out/main/worker.js'],
])('finds the entry beside %s', (importer, expected) => {
  expect(entryPath(importer, './worker.ts')).toBe(expected);
});
