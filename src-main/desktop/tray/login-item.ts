/**
 * Plans how the app starts at login: by the system's own list on macOS and Windows, by an autostart entry of the
 * freedesktop kind on Linux. An app run from sources is never entered.
 */
import { join } from 'node:path';
import { appIdentity } from '../app-identity.ts';

export type LoginItemPlan =
  | { type: 'system'; openAtLogin: boolean; args: string[] }
  | { type: 'file'; path: string; content: string | null }
  | { type: 'not-supported'; reason: string };

export interface LoginItemSituation {
  platform: string;
  packaged: boolean;
  /** The AppImage's own path where there is one, else the program's. */
  programPath: string;
  configFolder: string;
}

/** `content` of a file plan is null when the entry is to be deleted. */
export function planLoginItem(wanted: boolean, situation: LoginItemSituation): LoginItemPlan {
  if (!situation.packaged) {
    return { type: 'not-supported', reason: 'Only an installed app can start at login.' };
  }
  if (situation.platform !== 'linux') {
    return { type: 'system', openAtLogin: wanted, args: ['--hidden'] };
  }
  const path = join(situation.configFolder, 'autostart', `${appIdentity.appId}.desktop`);
  return { type: 'file', path, content: wanted ? desktopEntry(situation.programPath) : null };
}

function desktopEntry(programPath: string): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    `Name=${appIdentity.name}`,
    `Exec=${quoteForExec(programPath)} --hidden`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/** Quoting of the Exec key: freedesktop's Desktop Entry Specification, section "The Exec key". */
function quoteForExec(path: string): string {
  const quoted = path.replace(/[\\"`$]/g, (character) => `\\${character}`).replaceAll('%', '%%');
  return `"${quoted.replaceAll('\\', '\\\\')}"`;
}
