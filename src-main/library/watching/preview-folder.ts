/**
 * Counts what a scan of a folder would find and what it would leave out, before anything is read: no file is opened. It stops when its
 * time is over and says so, for a person waits for it.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FolderPreview } from '../../contract/libraries.ts';
import { kindByName } from '../extraction/document-kind.ts';
import { followsGitignore, type Skipped, scanFolder } from './scan-folder.ts';

export type PreviewOptions = {
  exclude?: readonly string[];
  /** Half of it goes to what is found, the rest to what is left out. */
  limitMs?: number;
  signal?: AbortSignal;
};

/** More kinds of things than anyone looks through. */
const longestList = 12;

/** Nobody misses the lists themselves. */
const saysWhatIsLeftOut = new Set(['.llaraignore', '.gitignore']);

/** Throws `path-not-readable` if the folder itself cannot be read. */
export const previewFolder = async (path: string, options: PreviewOptions = {}): Promise<FolderPreview> => {
  const { exclude = [], limitMs = 3000, signal } = options;
  const startedAtMs = performance.now();
  const isOver = (partOfLimit: number) => performance.now() - startedAtMs > limitMs * partOfLimit;
  const skipped: Skipped[] = [];
  const preview: FolderPreview = {
    files: 0,
    documents: 0,
    sizeBytes: 0,
    isComplete: true,
    leftOut: [],
    leftOutFiles: 0,
  };
  const scan = scanFolder(path, {
    exclude,
    followGitignore: followsGitignore(exclude),
    onSkipped: (one) => skipped.push(one),
    ...(signal ? { signal } : {}),
  });
  for await (const file of scan) {
    preview.files += 1;
    if (kindByName(basename(file.path))) {
      preview.documents += 1;
      preview.sizeBytes += file.sizeBytes;
    }
    if (isOver(0.5)) {
      preview.isComplete = false;
      break;
    }
  }
  const groups = new Map<string, FolderPreview['leftOut'][number]>();
  for (const { rule, name, path: at, isFolder } of skipped) {
    if (saysWhatIsLeftOut.has(basename(at))) continue;
    const key = `${rule} ${name}`;
    const group = groups.get(key) ?? { rule, name, files: 0, isComplete: preview.isComplete };
    groups.set(key, group);
    const counted = isFolder ? await countFiles(at, () => isOver(1), signal) : { files: 1, isComplete: true };
    group.files += counted.files;
    group.isComplete &&= counted.isComplete;
  }
  const largestFirst = [...groups.values()].sort((a, b) => b.files - a.files);
  preview.leftOut = largestFirst.slice(0, longestList);
  preview.leftOutFiles = largestFirst.reduce((sum, { files }) => sum + files, 0);
  return preview;
};

/** Of a single file. Rejects with the file system's error where it is gone. */
export const previewFile = async (path: string): Promise<FolderPreview> => {
  const isRead = kindByName(basename(path)) !== undefined;
  const { size } = await stat(path);
  const found = { files: 1, documents: Number(isRead), sizeBytes: isRead ? size : 0 };
  return { ...found, isComplete: true, leftOut: [], leftOutFiles: 0 };
};

/** Links are not followed: nobody has asked for what they lead to. */
const countFiles = async (
  folder: string,
  isOver: () => boolean,
  signal: AbortSignal | undefined,
): Promise<{ files: number; isComplete: boolean }> => {
  let files = 0;
  const waiting = [folder];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal?.throwIfAborted();
    if (isOver()) return { files, isComplete: false };
    // What cannot be read would not be counted anywhere else either.
    const entries = await readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isDirectory()) waiting.push(join(next, entry.name));
      else if (entry.isFile()) files += 1;
    }
  }
  return { files, isComplete: true };
};
