/**
 * Asks the person for a file or folder, or for the place of a new file, by the system's own dialog; null when they cancel. It opens at their own folder: the
 * list of recent files, which some systems open at, holds no folder that could be chosen.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron/main';

export async function pickPath(
  window: BrowserWindow | null,
  options: OpenDialogOptions,
): Promise<string | null> {
  const titled = { ...titlesOf(options), defaultPath: homedir(), ...options };
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, titled)
    : await dialog.showOpenDialog(titled);
  return filePaths[0] ?? null;
}

/** `name` is what the file is called unless the person gives it another name. */
export async function pickNewFile(window: BrowserWindow | null, name: string): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: 'Choose a Place for the File',
    buttonLabel: 'Choose Place',
    defaultPath: join(homedir(), name),
    properties: ['createDirectory'],
  };
  const { filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  return filePath || null;
}

function titlesOf({ properties }: OpenDialogOptions): OpenDialogOptions {
  return properties?.includes('openDirectory')
    ? { title: 'Choose a Folder to Search', buttonLabel: 'Choose Folder' }
    : { title: 'Choose a File', buttonLabel: 'Choose File' };
}
