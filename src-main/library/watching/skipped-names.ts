/** Names that are never documents, whatever is in them: hidden files, lock files of office programs, installed packages, bins. */

const skippedFolders = new Set([
  'node_modules',
  '__pycache__',
  'venv',
  '$RECYCLE.BIN',
  'System Volume Information',
]);

/** `name` is one part of a path. */
export const isSkippedName = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || skippedFolders.has(name);
