/**
 * Opens the app: in its window where there is a runtime and a display, else the very same app as a page of this
 * machine, with one line that says why. On a fresh data folder the sample library is indexed first thing.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../common/app-error.ts';
import { productDirectory } from '../../common/product-directory.ts';
import { resourcesDirectory } from '../../common/resources-directory.ts';
import { clientOf, type EngineClient, findRunningEngine } from '../connect-engine.ts';
import { Interruption } from '../interruption.ts';
import { describeError } from '../output/describe-error.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../output/exit-codes.ts';
import type { Terminal } from '../output/terminal.ts';
import { wholeNumber } from '../parse-option.ts';
import { servedUntil, superviseEngine } from '../serving/supervise-engine.ts';
import { openWindow } from './open-window.ts';

export type StartOptions = { terminal: Terminal; home: string; argumentList: string[] };

const readPort = wholeNumber(0, 65535);

/** `--page` skips the window; `--port NUMBER` sets the page's port. */
export async function startApp({ terminal, home, argumentList }: StartOptions): Promise<number> {
  const interruption = new Interruption(terminal);
  const { signal } = interruption;
  try {
    const { page, port } = readArguments(argumentList);
    if (!page) {
      const window = await openWindow({
        productDirectory: productDirectory(),
        onNotice: (line) => terminal.note(line),
        signal,
      });
      if (window.type === 'closed') return window.code;
      terminal.print(`No window, because ${window.reason}. The same app opens as a page instead.`);
    }
    if (signal.aborted) return exitCodes.success;
    return await servePage(terminal, home, port, signal);
  } catch (error) {
    const { code, message } = describeError(error);
    terminal.note(`llara: ${message}`);
    return exitCodeOf(code);
  } finally {
    interruption.dispose();
  }
}

/** Throws `bad-request` for what `npm start` does not know. */
function readArguments(argumentList: string[]): { page: boolean; port: number } {
  try {
    const { values } = parseArgs({
      args: argumentList,
      options: { page: { type: 'boolean', default: false }, port: { type: 'string', default: '0' } },
    });
    return { page: values.page, port: readPort(values.port) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const known = 'npm start knows "-- --page" and "-- --port NUMBER", from 0 to 65535.';
    throw new AppError('bad-request', `${reason.replace(/\.?$/, '.')} ${known}`, { cause });
  }
}

async function servePage(
  terminal: Terminal,
  home: string,
  port: number,
  signal: AbortSignal,
): Promise<ExitCode> {
  const running = await findRunningEngine(home);
  if (running) {
    terminal.print(`Already running: ${running.url}/?token=${running.token}`);
    return exitCodes.success;
  }
  const isFirstStart = !existsSync(join(home, 'home.sqlite'));
  const engine = await superviseEngine({ home, port, log: (line) => terminal.note(line) });
  try {
    if (isFirstStart) await addSampleLibrary(clientOf(engine.address), terminal);
    terminal.print(
      `Llara is running. Open it in a browser of this machine:\n\n  ${engine.address.pageUrl}\n\nCtrl-C stops it.`,
    );
    await servedUntil(engine, signal);
    return exitCodes.success;
  } finally {
    await engine.close();
  }
}

/** So that the first search of a newcomer finds something. The page shows it being indexed. */
async function addSampleLibrary(client: EngineClient, terminal: Terminal): Promise<void> {
  const path = join(resourcesDirectory(), 'sample-library');
  if (!existsSync(path)) return;
  await client.folders.add({ path });
  terminal.print('Indexing the sample library, for a first look around.');
}
