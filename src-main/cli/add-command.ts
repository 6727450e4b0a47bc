/** Adds a command with the options that all of them share. */
import type { Command } from 'commander';
import { libraryName } from './parse-option.ts';

/** `usage` is the command's name with its arguments, such as `search <query...>`. */
export function addCommand(
  parent: Command,
  usage: string,
  description: string,
  settings?: { isDefault?: boolean },
): Command {
  return parent
    .command(usage, settings)
    .description(description)
    .option('-l, --library <name>', 'library to work on', libraryName, 'default')
    .option('--json', 'print one JSON object');
}
