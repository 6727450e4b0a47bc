/** The manual page, in the notation of `man` (groff's man macros), from the same table as the help. */
import type { Argument, Command, Help, Option } from 'commander';
import { environmentFacts, exitCodeFacts } from '../output/exit-codes.ts';

export function manPage(program: Command, version: string): string {
  const help = program.createHelp();
  const sections = [
    `.TH LLARA 1 "" "llara ${escaped(version)}" "User Commands"`,
    section('NAME', `llara \\- ${escaped(lowerFirst(program.description()).replace(/\.$/, ''))}`),
    section('SYNOPSIS', '.B llara\n.I command\n[options]'),
    section(
      'DESCRIPTION',
      'Finds passages in documents by words and by meaning. Everything happens on this machine.\nEach command has a help of its own: \\fBllara\\fR \\fIcommand\\fR \\fB\\-\\-help\\fR.',
    ),
    section(
      'COMMANDS',
      leaves(program, help)
        .map((leaf) => describeCommand(leaf, help))
        .join('\n'),
    ),
    section('EXIT STATUS', exitCodeFacts.map(([code, meaning]) => item(`.B ${code}`, meaning)).join('\n')),
    section('ENVIRONMENT', environmentFacts.map(([name, meaning]) => item(`.B ${name}`, meaning)).join('\n')),
  ];
  return `${sections.join('\n')}\n`;
}

type Leaf = { name: string; command: Command };

/** Commands that do something, by their whole names, as the help lists them. */
function leaves(parent: Command, help: Help, before = ''): Leaf[] {
  return help
    .visibleCommands(parent)
    .filter((command) => command.name() !== 'help')
    .flatMap((command) => {
      const name = `${before}${command.name()}`;
      const inner = leaves(command, help, `${name} `);
      return inner.length > 0 ? inner : [{ name, command }];
    });
}

function describeCommand({ name, command }: Leaf, help: Help): string {
  const wanted = command.registeredArguments.map(argumentText).join(' ');
  const options = help.visibleOptions(command).filter((option) => option.long !== '--help');
  return [
    `.SS "${escaped(`llara ${name} ${wanted}`.trim())}"`,
    escaped(`${upperFirst(command.description())}.`),
    ...options.map((option) => item(`.B ${escaped(option.flags)}`, help.optionDescription(option as Option))),
  ].join('\n');
}

const argumentText = (argument: Argument): string => {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

const section = (title: string, text: string) => `.SH ${title}\n${text}`;
const item = (term: string, text: string) => `.TP\n${term}\n${escaped(text)}`;

/** A hyphen would be printed as a dash, and a line that begins with a stop or an apostrophe would be an order. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll(/^([.'])/gm, '\\&$1');

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
