/** Finds the files of what a person has added, a folder or a single file. */
import type { Folder } from '../../contract/libraries.ts';
import type { FoundFile } from '../../library/manifest/manifest-document.ts';
import { scanFile } from '../../library/watching/scan-file.ts';
import { followsGitignore, type Skipped, scanFolder } from '../../library/watching/scan-folder.ts';
import type { JobControl } from '../jobs/job-control.ts';

export function scanEntry(
  { path, isFile, exclude }: Pick<Folder, 'path' | 'isFile' | 'exclude'>,
  control: JobControl,
  onUnreadable: (path: string) => void,
  onSkipped: (skipped: Skipped) => void = () => {},
): AsyncIterable<FoundFile> {
  if (isFile) return scanFile(path);
  return scanFolder(path, {
    exclude,
    followGitignore: followsGitignore(exclude),
    onSkipped,
    signal: control.signal,
    onNotice: (notice) => control.log(notice),
    onUnreadable,
  });
}
