/**
 * Files that a cloud service lists here and keeps elsewhere. Reading one would download it, which is the person's decision and
 * never that of indexing.
 */
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export const placeholderReason =
  'The file is kept in the cloud and not on this machine. Download it there, and it will be read.';

/** A file with content that takes up no room on the disk. Elsewhere small files may be kept beside the name, and take up none either. */
export const isPlaceholder = (
  { size, blocks }: { size: number; blocks: number },
  platform: NodeJS.Platform = process.platform,
): boolean => {
  if (blocks !== 0) return false;
  if (platform === 'darwin') return size > 0;
  // Windows keeps files of some hundred bytes beside the name.
  return platform === 'win32' && size >= 4096;
};

/** `letter.pdf` for `.letter.pdf.icloud`, by which older macOS versions say that a file is elsewhere. */
export const nameOfPlaceholder = (name: string): string | null => /^\.(.+)\.icloud$/.exec(name)?.[1] ?? null;

/** Whether the file is missing for having been moved to the cloud. */
export const hasPlaceholder = async (path: string): Promise<boolean> =>
  await access(join(dirname(path), `.${basename(path)}.icloud`)).then(
    () => true,
    () => false,
  );
