/** A data folder in which the sample library has been read, made once by the app itself and copied for each scenario that starts there. */
import { cpSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Launcher } from '../launch/launcher.ts';
import { addFolder } from './add-folder.ts';
import { type ScratchFolder, scratchFolder } from './scratch-folder.ts';

export class SampleHome {
  readonly #launcher: Launcher;
  #made: Promise<ScratchFolder> | null = null;

  constructor(launcher: Launcher) {
    this.#launcher = launcher;
  }

  readonly copyTo = async (home: string): Promise<void> => {
    this.#made ??= this.#make();
    const scratch = await this.#made;
    cpSync(scratch.sub('home'), home, { recursive: true });
  };

  async remove(): Promise<void> {
    (await this.#made?.catch(() => null))?.remove();
  }

  async #make(): Promise<ScratchFolder> {
    const scratch = scratchFolder();
    const app = await this.#launcher.launch(scratch.sub('home'));
    try {
      await addFolder(app.page, resolve('resources/sample-library'));
    } finally {
      await app.close();
    }
    return scratch;
  }
}
