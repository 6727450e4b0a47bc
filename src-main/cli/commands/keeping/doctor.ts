/** `llara doctor`: says what is wrong with the libraries, and mends what can be made again from the documents. */
import type { Command } from 'commander';
import type { Finding } from '../../../contract/doctor.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';

type DoctorOptions = SharedOptions & { repair?: boolean };

export function addDoctorCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'doctor', 'examine the libraries and say what is wrong')
    .option('--repair', 'mend what can be made again from the documents')
    .action((options: DoctorOptions) => run(options, (context) => doctor(context, options.repair ?? false)));
}

/** Something that still needs mending makes the command fail. */
async function doctor(context: CommandContext, repair: boolean): Promise<ExitCode> {
  const { terminal, json } = context;
  return await withEngine(context, async (client) => {
    const { checks, libraries, findings } = await client.engine.examine({ repair });
    if (json) terminal.printJson({ checks, libraries, findings });
    else {
      for (const finding of findings) terminal.print(describe(finding));
      terminal.print(`${checks} checks of ${libraries} libraries, ${findings.length} findings.`);
    }
    return findings.every((finding) => finding.repair === 'done') ? exitCodes.success : exitCodes.failure;
  });
}

function describe({ library, check, message, repair }: Finding): string {
  const outcome = { person: '', possible: ' Mend it with: llara doctor --repair', done: ' Mended.' };
  return `${library ?? 'all libraries'}, ${check}: ${message}${outcome[repair]}`;
}
