/** `llara serve`: keeps an engine running, with its page on the loopback address, until it is told to stop. */
import { type Command, Option } from 'commander';
import { addCommand } from '../add-command.ts';
import type { CommandContext, RunCommand, SharedOptions } from '../command-context.ts';
import { findRunningEngine } from '../connect-engine.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import { wholeNumber } from '../parse-option.ts';
import { quietVariable, serveDetached, serveLogOf, stopServing } from '../serving/detached.ts';
import { servedUntil, superviseEngine } from '../serving/supervise-engine.ts';

type ServeOptions = SharedOptions & { port: number; detach?: boolean; stop?: boolean };

export function addServeCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'serve', 'keep the engine running and show the app as a page of this machine')
    .option('--port <number>', 'port to listen on; 0 takes a free one', wholeNumber(0, 65535), 0)
    .addOption(
      new Option('--detach', 'go on in the background, with a log in the data folder').conflicts('stop'),
    )
    .option('--stop', 'stop the engine that is being served')
    .action((options: ServeOptions) =>
      run(options, (context) => {
        if (options.stop) return stop(context);
        return options.detach ? detach(context, options.port) : serve(context, options.port);
      }),
    );
}

async function detach({ terminal, home, json, signal }: CommandContext, port: number): Promise<ExitCode> {
  const already = await findRunningEngine(home);
  const running = already ?? (await serveDetached(home, port, signal));
  const { url, token, pid } = running;
  const pageUrl = `${url}/?token=${token}`;
  const log = serveLogOf(home);
  if (json) terminal.printJson({ url, pageUrl, token, pid, log, alreadyRunning: already !== null });
  else if (already) terminal.print(`Already running: ${pageUrl}`);
  else
    terminal.print(
      `Llara is running in the background. Open it in a browser of this machine:\n\n  ${pageUrl}\n\nIts log is ${log}. To stop it: llara serve --stop`,
    );
  return exitCodes.success;
}

async function stop({ terminal, home, json, signal }: CommandContext): Promise<ExitCode> {
  const stopped = await stopServing(home, signal);
  if (json) terminal.printJson({ stopped });
  else terminal.print(stopped ? 'Stopped.' : 'Nothing is being served.');
  return exitCodes.success;
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
    if (process.env[quietVariable])
      terminal.print(`Serving ${engine.address.url} since ${new Date().toISOString()}.`);
    else if (json) terminal.printJson({ ...engine.address, alreadyRunning: false });
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
