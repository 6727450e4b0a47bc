/**
 * What may stand next on a command line that is being typed: commands, options and their values, from the same table as the help.
 * Names that only the data folder knows are asked for when they are wanted.
 */
import type { Argument, Command, Option } from 'commander';

export type Candidate = { text: string; help: string };

/** `files` asks the shell for names of files, which it knows better. */
export type Completion = { candidates: Candidate[]; files: boolean };

export type KnownNames = {
  libraries(): string[];
  encoders(): string[];
  chatModels(): string[];
};

/** `words` are those after the program's name; the last one is being typed, and may be empty. */
export function completeWords(program: Command, words: readonly string[], names: KnownNames): Completion {
  // Bash cuts `--format=csv` into three words.
  const typed = words
    .flatMap((word) => (/^--[\w-]+=/.test(word) ? cutAtEquals(word) : [word]))
    .filter((word) => word !== '=');
  const current = typed.at(-1) ?? '';
  const { command, open, place } = walk(program, typed.slice(0, -1));
  const completion = open
    ? valuesOf(open, names)
    : current.startsWith('-')
      ? { candidates: optionsOf(command), files: false }
      : merge([{ candidates: commandsOf(command), files: false }, argumentsOf(command, place, names)]);
  return {
    ...completion,
    candidates: completion.candidates.filter(({ text }) => text.startsWith(current)),
  };
}

type Position = {
  command: Command;
  /** The option whose value is being typed. */
  open: Option | null;
  /** How many arguments stand before. */
  place: number;
};

function walk(program: Command, words: readonly string[]): Position {
  let command = program;
  let open: Option | null = null;
  let place = 0;
  let onlyArguments = false;
  for (const word of words) {
    if (open) {
      open = null;
      continue;
    }
    if (word === '--') onlyArguments = true;
    else if (!onlyArguments && word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      open = option && (option.required || option.optional) ? option : null;
    } else {
      const next = place === 0 ? command.commands.find((one) => one.name() === word) : undefined;
      if (next) command = next;
      else place += 1;
    }
  }
  return { command, open, place };
}

const cutAtEquals = (word: string): string[] => {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
};

const commandsOf = (command: Command): Candidate[] =>
  command.commands
    .filter((one) => !isHidden(one))
    .map((one) => ({ text: one.name(), help: one.description() }));

/** Of commander's making; the help leaves it out too. */
const isHidden = (command: Command): boolean => (command as unknown as { _hidden: boolean })._hidden;

const optionsOf = (command: Command): Candidate[] => [
  ...command.options.flatMap(({ long, description }) => (long ? [{ text: long, help: description }] : [])),
  { text: '--help', help: 'display help for command' },
];

function valuesOf(option: Option, names: KnownNames): Completion {
  if (option.argChoices) return only(option.argChoices);
  if (option.attributeName() === 'library') return only(names.libraries());
  return { candidates: [], files: /file|folder|directory|gguf/.test(option.flags) };
}

function argumentsOf(command: Command, place: number, names: KnownNames): Completion {
  const declared = command.registeredArguments;
  const argument = declared[place] ?? (declared.at(-1)?.variadic ? declared.at(-1) : undefined);
  return argument ? argumentValues(argument, names) : { candidates: [], files: false };
}

const wantsFile = new Set(['file', 'folder', 'folders', 'path', 'directory']);

function argumentValues(argument: Argument, names: KnownNames): Completion {
  if (argument.argChoices) return only(argument.argChoices);
  if (argument.name() === 'model') return only(names.encoders());
  if (argument.name() === 'reranker') return { ...only(['none', ...names.encoders()]), files: true };
  if (argument.name() === 'choice') return { ...only(['none', ...names.chatModels()]), files: true };
  return { candidates: [], files: wantsFile.has(argument.name()) };
}

const only = (texts: readonly string[]): Completion => ({
  candidates: texts.map((text) => ({ text, help: '' })),
  files: false,
});

const merge = (all: readonly Completion[]): Completion => ({
  candidates: all.flatMap(({ candidates }) => candidates),
  files: all.some(({ files }) => files),
});
