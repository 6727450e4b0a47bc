/** `llara serve`: keeps an engine running, with its page on the loopback address, until it is told to stop. */
import { once } from 'node:events';
import type { Command } from 'commander';
import { addCommand } from '../add-command.ts';
import type { CommandContext, RunCommand, SharedOptions } from '../command-context.ts';
import { findRunningEngine } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { wholeNumber } from '../parse-option.ts';

type ServeOptions = SharedOptions & { port: number };

export function addServeCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'serve', 'keep the engine running and show the app as a page of this machine')
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65535), 0)
    .action((options: ServeOptions) => run(options, (context) => serve(context, options.port)));
}

/** Being told to stop is how serving ends, so that is a success. */
async function serve({ terminal, home, json, signal }: CommandContext, port: number): Promise<ExitCode> {
  const running = await findRunningEngine(home);
  if (running) {
    const pageUrl = `${running.url}/?token=${running.token}`;
    if (json) terminal.printJson({ ...running, pageUrl, alreadyRunning: true });
    else terminal.print(`Already running: ${pageUrl}`);
    return exitCodes.success;
  }
  // Loaded only now: most of the product, native libraries included, is behind it.
  const { openServedEngine } = await import('../open-served-engine.ts');
  const served = await openServedEngine({ home, port, log: (line) => terminal.note(line) });
  try {
    const { url, pageUrl, token } = served.host;
    if (json) terminal.printJson({ url, token, pid: process.pid, pageUrl, alreadyRunning: false });
    else
      terminal.print(
        `Llara is running. Open it in a browser of this machine:\n\n  ${pageUrl}\n\nCtrl-C stops it.`,
      );
    if (!signal.aborted) await once(signal, 'abort');
    return exitCodes.success;
  } finally {
    await served.close();
  }
}
