/** `llara mcp`: speaks the Model Context Protocol on standard input and output, until the assistant program hangs up. */
import { once } from 'node:events';
import type { Command } from 'commander';
import { productVersion } from '../../engine/product-version.ts';
import { addCommand } from '../add-command.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';

export function addMcpCommand(program: Command, run: RunCommand): void {
  addCommand(
    program,
    'mcp',
    'let an assistant program search and read, by MCP on standard input and output',
  ).action((options: SharedOptions) => run(options, serveMcp));
}

async function serveMcp(context: CommandContext): Promise<ExitCode> {
  const { library, signal } = context;
  const [{ createMcpServer }, { serveStdio }] = await Promise.all([
    import('../../host/create-mcp-server.ts'),
    import('@modelcontextprotocol/server/stdio'),
  ]);
  return await withEngine(context, async (client) => {
    const hungUp = once(process.stdin, 'end');
    const served = serveStdio(() => createMcpServer({ client, library, version: productVersion() }));
    const interrupted = signal.aborted ? undefined : once(signal, 'abort');
    await Promise.race([hungUp, interrupted]);
    await served.close();
    return exitCodes.success;
  });
}
