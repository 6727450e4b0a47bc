/** `llara completion`: prints what a shell has to be told; `llara complete` is what the shell then asks at each Tab. */
import { Argument, type Command } from 'commander';
import { homeDirectory } from '../../../common/paths/home-directory.ts';
import { completeWords } from '../../completion/complete-words.ts';
import { knownNames } from '../../completion/known-names.ts';
import { type Shell, shellScripts, shells } from '../../completion/shell-scripts.ts';
import type { Terminal } from '../../output/terminal.ts';

export function addCompletionCommands(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('print the completion of commands, options and names for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .action((shell: Shell) => terminal.print(shellScripts[shell]));
  program
    .command('complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action((words: string[]) => {
      const typed = words.length === 0 ? [''] : words.map((word) => word.trim());
      const { candidates, files } = completeWords(program, typed, knownNames(homeDirectory()));
      const lines = candidates.map(({ text, help }) => (help === '' ? text : `${text}\t${help}`));
      const all = files ? [...lines, ':files'] : lines;
      if (all.length > 0) terminal.print(all.join('\n'));
    });
}
