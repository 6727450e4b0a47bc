/** Asks the person for one file or folder by the system's own dialog; null when they cancel. */
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron/main';

export async function pickPath(
  window: BrowserWindow | null,
  options: OpenDialogOptions,
): Promise<string | null> {
  const { filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return filePaths[0] ?? null;
}
