/** `llara serve`: keeps an engine running, with its page on the loopback address, until it is told to stop. */
import type { Command } from 'commander';
import { addCommand } from '../add-command.ts';
import type { CommandContext, RunCommand, SharedOptions } from '../command-context.ts';
import { findRunningEngine } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { wholeNumber } from '../parse-option.ts';
import { servedUntil, superviseEngine } from '../serving/supervise-engine.ts';

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
  const engine = await superviseEngine({ home, port, log: (line) => terminal.note(line) });
  try {
    const { pageUrl } = engine.address;
    if (json) terminal.printJson({ ...engine.address, alreadyRunning: false });
    else
      terminal.print(
        `Llara is running. Open it in a browser of this machine:\n\n  ${pageUrl}\n\nCtrl-C stops it.`,
      );
    await servedUntil(engine, signal);
    return exitCodes.success;
  } finally {
    await engine.close();
  }
}
