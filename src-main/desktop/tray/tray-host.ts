/**
 * Tells whether the desktop shows tray icons at all. Electron makes a tray without complaint where nobody draws it, so on
 * Linux the session bus is asked, through the client programs that desktops bring along, whether a host is registered.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a program to its end and gives what it printed; throws when it is missing, fails or takes too long. */
export type RunProgram = (program: string, argumentList: string[]) => Promise<string>;

export interface TrayHostSituation {
  platform: string;
  environment: Readonly<Record<string, string | undefined>>;
  run?: RunProgram;
  exists?: (path: string) => boolean;
}

const watcher = 'org.kde.StatusNotifierWatcher';
const object = '/StatusNotifierWatcher';
const property = 'IsStatusNotifierHostRegistered';

/** The same question to three clients; which of them is installed depends on the desktop. */
const clients: readonly [program: string, argumentList: string[]][] = [
  ['busctl', ['--user', '--timeout=2', 'get-property', watcher, object, watcher, property]],
  [
    'gdbus',
    [
      ...['call', '--session', '--timeout', '2', '--dest', watcher, '--object-path', object],
      ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, property],
    ],
  ],
  [
    'dbus-send',
    [
      ...['--session', '--print-reply', '--reply-timeout=2000', `--dest=${watcher}`, object],
      ...['org.freedesktop.DBus.Properties.Get', `string:${watcher}`, `string:${property}`],
    ],
  ],
];

/** False also where nobody can be asked: a window that cannot be brought back is worse than one that closes. */
export async function hasTrayHost(situation: TrayHostSituation): Promise<boolean> {
  const { platform, environment, run = runProgram, exists = existsSync } = situation;
  if (platform !== 'linux') return true;
  if (!hasSessionBus(environment, exists)) return false;
  for (const [program, argumentList] of clients) {
    try {
      if (/\btrue\b/.test(await run(program, argumentList))) return true;
    } catch {
      // Not installed, or nobody answers to that name: the next client tells the same or better.
    }
  }
  return false;
}

/** Without an address some clients would start a bus of their own and then ask that. */
function hasSessionBus(
  environment: TrayHostSituation['environment'],
  exists: (path: string) => boolean,
): boolean {
  if (environment.DBUS_SESSION_BUS_ADDRESS) return true;
  return Boolean(environment.XDG_RUNTIME_DIR) && exists(join(environment.XDG_RUNTIME_DIR!, 'bus'));
}

const runProgram: RunProgram = (program, argumentList) =>
  new Promise((resolve, reject) => {
    execFile(program, argumentList, { timeout: 3_000, killSignal: 'SIGKILL' }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
