/**
 * Asks the person for one file or folder by the system's own dialog; null when they cancel. It opens at their own folder: the
 * list of recent files, which some systems open at, holds no folder that could be chosen.
 */
import { homedir } from 'node:os';
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron/main';

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

function titlesOf({ properties }: OpenDialogOptions): OpenDialogOptions {
  return properties?.includes('openDirectory')
    ? { title: 'Choose a Folder to Search', buttonLabel: 'Choose Folder' }
    : { title: 'Choose a File', buttonLabel: 'Choose File' };
}
