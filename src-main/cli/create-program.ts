/** The commands and their options, declared in one place; what they do is in commands/. */
import { Command } from 'commander';
import { productVersion } from '../engine/product-version.ts';
import type { RunCommand } from './command-context.ts';
import { addAdaptCommand } from './commands/adapt.ts';
import { addAdaptersCommand } from './commands/adapters.ts';
import { addDevicesCommand } from './commands/devices.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addAskCommand } from './commands/finding/ask.ts';
import { addOpenCommand } from './commands/finding/open.ts';
import { addReadCommand } from './commands/finding/read.ts';
import { addSavedCommand } from './commands/finding/saved.ts';
import { addSearchCommand } from './commands/finding/search.ts';
import { addSimilarCommand } from './commands/finding/similar.ts';
import { addIndexCommand } from './commands/index-folders.ts';
import { addDoctorCommand } from './commands/keeping/doctor.ts';
import { addExportCommand } from './commands/keeping/export.ts';
import { addFoldersCommand } from './commands/keeping/folders.ts';
import { addForgetCommand } from './commands/keeping/forget.ts';
import { addImportCommand } from './commands/keeping/import.ts';
import { addLanguagesCommand } from './commands/keeping/languages.ts';
import { addLibraryCommand } from './commands/keeping/libraries.ts';
import { addRecogniseCommand } from './commands/keeping/recognise.ts';
import { addTagCommand } from './commands/keeping/tag.ts';
import { addMcpCommand } from './commands/mcp.ts';
import { addModelsCommand } from './commands/models.ts';
import { addServeCommand } from './commands/serve.ts';
import { addCompletionCommands } from './commands/shell/completion.ts';
import { addManCommand } from './commands/shell/man.ts';
import { addStatusCommand } from './commands/status.ts';
import { exitCodesHelp } from './output/exit-codes.ts';
import type { Terminal } from './output/terminal.ts';

export function createProgram(terminal: Terminal, run: RunCommand): Command {
  const program = new Command('llara')
    .description('Search your own documents by meaning, on your own machine.')
    .version(productVersion())
    .exitOverride()
    .showHelpAfterError('(llara --help lists the commands)')
    .configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .addHelpText('after', exitCodesHelp);
  addIndexCommand(program, run);
  addFoldersCommand(program, run);
  addSearchCommand(program, run);
  addAskCommand(program, run);
  addOpenCommand(program, run);
  addReadCommand(program, run);
  addSavedCommand(program, run);
  addTagCommand(program, run);
  addSimilarCommand(program, run);
  addRecogniseCommand(program, run);
  addLanguagesCommand(program, run);
  addStatusCommand(program, run);
  addLibraryCommand(program, run);
  addForgetCommand(program, run);
  addDoctorCommand(program, run);
  addExportCommand(program, run);
  addImportCommand(program, run);
  addAdaptCommand(program, run);
  addAdaptersCommand(program, run);
  addModelsCommand(program, run);
  addDevicesCommand(program, run);
  addEvaluateCommand(program, run);
  addServeCommand(program, run);
  addMcpCommand(program, run);
  addCompletionCommands(program, terminal);
  addManCommand(program, terminal);
  return program;
}
