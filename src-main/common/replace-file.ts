/** Writes a file aside and moves it into its place, so that a kill at any moment leaves the old content or the new, never half of it. */
import { open, rename } from 'node:fs/promises';

/** The folder must be there. What a kill leaves aside is overwritten by the next call. `mode` sets who may read the file. */
export async function replaceFile(path: string, content: string | Uint8Array, mode?: number): Promise<void> {
  const aside = `${path}.writing`;
  const file = await open(aside, 'w');
  try {
    if (mode !== undefined) await file.chmod(mode);
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}
