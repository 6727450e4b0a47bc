/** `llara mcp`: speaks the Model Context Protocol on standard input and output, and tells assistant programs to start it so. */
import { once } from 'node:events';
import { Argument, type Command } from 'commander';
import { productVersion } from '../../engine/product-version.ts';
import { addCommand } from '../add-command.ts';
import { assistantNames } from '../assistants/assistant-programs.ts';
import { type CommandContext, type RunCommand, type SharedOptions, withEngine } from '../command-context.ts';
import { type ExitCode, exitCodes } from '../output/exit-codes.ts';
import type { InstallOptions } from './mcp-install.ts';

export function addMcpCommand(program: Command, run: RunCommand): void {
  const mcp = program
    .command('mcp')
    .description('let an assistant program search and read, by the Model Context Protocol');
  const allowing = ['--allow-writing', 'let it give tags and have folders read again'] as const;
  addCommand(mcp, 'serve', 'speak the protocol on standard input and output', { isDefault: true })
    .option(...allowing)
    .action((options: SharedOptions & { allowWriting?: boolean }) =>
      run(options, (context) => serveMcp(context, options.allowWriting ?? false)),
    );
  addCommand(mcp, 'install', 'write into the configuration of an assistant program how to start Llara')
    .addArgument(new Argument('<client>', 'the assistant program').choices(assistantNames))
    .option(...allowing)
    .option('--print', 'only show the entry, and where it belongs')
    .option('--remove', 'take the entry out again')
    .option('-y, --yes', 'write without asking')
    .action((client: InstallOptions['client'], options: SharedOptions & Omit<InstallOptions, 'client'>) =>
      run(options, async (context) => {
        const { installIntoAssistant } = await import('./mcp-install.ts');
        return await installIntoAssistant(context, { ...options, client });
      }),
    );
}

async function serveMcp(context: CommandContext, allowWriting: boolean): Promise<ExitCode> {
  const { library, signal } = context;
  const [{ createMcpServer }, { serveStdio }] = await Promise.all([
    import('../../host/mcp/create-mcp-server.ts'),
    import('@modelcontextprotocol/server/stdio'),
  ]);
  return await withEngine(context, async (client) => {
    const hungUp = once(process.stdin, 'end');
    const served = serveStdio(() =>
      createMcpServer({ client, library, version: productVersion(), allowWriting }),
    );
    const interrupted = signal.aborted ? undefined : once(signal, 'abort');
    await Promise.race([hungUp, interrupted]);
    await served.close();
    return exitCodes.success;
  });
}
