/**
 * Looks for a newer version when, and only when, a person asks; downloads and installs on two further requests.
 * It refuses to install what the platform cannot verify by a signature.
 */
import type { UpdateOutcome } from '../../contract/desktop-shell.ts';

/** The part of electron-updater's `autoUpdater` in use; loaded at the first request, so that nothing runs before. */
export interface Updater {
  checkForUpdates(): Promise<{ isUpdateAvailable: boolean; updateInfo: { version: string } } | null>;
  downloadUpdate(): Promise<unknown>;
  quitAndInstall(): void;
}

export interface UpdateSituation {
  platform: string;
  packaged: boolean;
  version: string;
  /** Text of the packaged `app-update.yml`, or null where the build has none. */
  updateConfig: string | null;
}

export class UpdateCheck {
  readonly #situation: UpdateSituation;
  readonly #load: () => Promise<Updater>;
  #updater: Updater | null = null;
  #found: string | null = null;
  #downloaded = false;

  constructor(situation: UpdateSituation, load: () => Promise<Updater>) {
    this.#situation = situation;
    this.#load = load;
  }

  async check(): Promise<UpdateOutcome> {
    const refusal = checkRefusal(this.#situation);
    if (refusal) return { type: 'not-supported', reason: refusal };
    try {
      this.#updater ??= await this.#load();
      const result = await this.#updater.checkForUpdates();
      this.#found = result?.isUpdateAvailable ? result.updateInfo.version : null;
    } catch (error) {
      return { type: 'failed', reason: `The update check did not succeed: ${messageOf(error)}` };
    }
    if (this.#found === null) return { type: 'up-to-date', version: this.#situation.version };
    return { type: 'available', version: this.#found };
  }

  async download(): Promise<UpdateOutcome> {
    if (!this.#updater || this.#found === null) {
      return { type: 'failed', reason: 'No newer version is known. Check for updates first.' };
    }
    const refusal = installRefusal(this.#situation);
    if (refusal) return { type: 'not-supported', reason: refusal };
    try {
      await this.#updater.downloadUpdate();
    } catch (error) {
      return { type: 'failed', reason: `The update was not downloaded: ${messageOf(error)}` };
    }
    this.#downloaded = true;
    return { type: 'ready', version: this.#found };
  }

  /** Does nothing unless a download has been verified. */
  install(): void {
    if (this.#downloaded) this.#updater?.quitAndInstall();
  }
}

export function checkRefusal({ packaged, updateConfig }: UpdateSituation): string | null {
  if (!packaged) return 'Only an installed app can be updated.';
  if (updateConfig === null) return 'This build has no update address.';
  return /^url:\s*['"]?https:/m.test(updateConfig) ? null : 'The update address of this build is not https.';
}

/** macOS checks the code signature itself; on Windows electron-updater does, given a publisher; on Linux nobody does. */
export function installRefusal({ platform, updateConfig }: UpdateSituation): string | null {
  if (platform === 'darwin') return null;
  if (platform === 'win32') {
    if (/^publisherName:\s*(\S|\n\s*-)/m.test(updateConfig ?? '')) return null;
    return 'This build names no publisher, so the signature of an update cannot be verified. Install it by hand.';
  }
  return 'Packages for Linux carry no signature that could be verified here. Install the new version by hand.';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n')[0]! : String(error);
}
