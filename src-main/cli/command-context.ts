/** What every command is given, and the one way in which a command gets an engine and lets go of it. */
import { type Connection, connectEngine, type EngineClient } from './connect-engine.ts';
import type { ExitCode } from './output/exit-codes.ts';
import type { Terminal } from './output/terminal.ts';

export type CommandContext = {
  terminal: Terminal;
  /** Data folder. */
  home: string;
  /** Fires on Ctrl-C and on SIGTERM. */
  signal: AbortSignal;
  library: string;
  /** One JSON object on standard output, and nothing else there. */
  json: boolean;
};

/** Options that every command has. */
export type SharedOptions = { library: string; json?: boolean };

export type RunCommand = (
  options: SharedOptions,
  body: (context: CommandContext) => Promise<ExitCode>,
) => Promise<void>;

export async function withEngine<Result>(
  { home }: CommandContext,
  work: (client: EngineClient, kind: Connection['kind']) => Promise<Result>,
  options?: Parameters<typeof connectEngine>[1],
): Promise<Result> {
  const connection = await connectEngine(home, options);
  try {
    return await work(connection.client, connection.kind);
  } finally {
    await connection.close();
  }
}
