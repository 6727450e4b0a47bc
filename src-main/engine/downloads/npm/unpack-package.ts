/**
 * Unpacks a package of npm into a folder of its own. A tarball that names a place outside of it, that holds links or anything else but
 * files and folders, or that is larger than it may be, is refused as a whole.
 */
import { mkdir, rm } from 'node:fs/promises';
import { extract, type ReadEntry } from 'tar';
import { AppError } from '../../../common/app-error.ts';

export type UnpackOptions = {
  /** What a person is told that it is. */
  title: string;
  /** Of all its files together. */
  maxBytes: number;
  /** The one file that is wanted of it, from the package's folder on; all where absent. */
  only?: string;
};

/**
 * `directory` is made, and removed again when anything fails. The package's own outermost folder is left out of the paths. Throws
 * `download-invalid` or what the disk reports.
 */
export async function unpackPackage(
  archive: string,
  directory: string,
  options: UnpackOptions,
): Promise<void> {
  const { title, maxBytes, only } = options;
  let bytes = 0;
  let problem: string | null = null;
  const isWanted = (entry: ReadEntry): boolean => {
    bytes += entry.size;
    problem ??= problemOf(entry) ?? (bytes > maxBytes ? `it holds more than ${maxBytes / 1e6} MB` : null);
    return problem === null && (only === undefined || inPackage(entry.path) === only);
  };
  try {
    await mkdir(directory, { recursive: true });
    await extract({
      file: archive,
      cwd: directory,
      strip: 1,
      strict: true,
      preserveOwner: false,
      filter: (_path, entry) => isWanted(entry as ReadEntry),
    }).catch((cause: NodeJS.ErrnoException & { tarCode?: string }) => {
      // What the disk reports has a code of the system's.
      if (cause.tarCode === undefined || cause.tarCode !== cause.code) throw cause;
      problem ??= cause.message;
    });
    if (problem !== null) throw refused(title, problem);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

const inPackage = (path: string): string => path.slice(path.indexOf('/') + 1);

function problemOf({ path, type }: ReadEntry): string | null {
  const isPlain = type === 'File' || type === 'OldFile' || type === 'Directory' || type === 'GNUDumpDir';
  if (!isPlain) return `${path} is no file`;
  const isInside = !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..');
  return isInside ? null : `${path} lies outside of it`;
}

const refused = (title: string, why: string): AppError =>
  new AppError('download-invalid', `${title} cannot be unpacked: ${why}. Nothing of it was kept.`);
