/** A path as a person types it, made whole: `~/Documents` of a shell, or `~\Documents` on Windows. */
import { posix, win32 } from 'node:path';

export const expandHome = (
  path: string,
  home: string,
  platform: NodeJS.Platform = process.platform,
): string => {
  const { join, resolve } = platform === 'win32' ? win32 : posix;
  const isOfHome = path === '~' || path.startsWith('~/') || (platform === 'win32' && path.startsWith('~\\'));
  return isOfHome ? join(home, path.slice(1)) : resolve(path);
};
