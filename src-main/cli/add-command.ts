/** Adds a command with the options that all of them share. */
import type { Command } from 'commander';

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
    .option('-l, --library <name>', 'library to work on', 'default')
    .option('--json', 'print one JSON object');
}
