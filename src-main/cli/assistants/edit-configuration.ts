/**
 * Puts one entry into another program's configuration, or takes it out, and leaves everything else as it is written there:
 * comments, order and spacing. What comes out is read again before it counts; a file that cannot be read is not touched.
 */
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../../common/app-error.ts';
import type { AssistantProgram } from './assistant-programs.ts';
import { jsonNotation } from './json-notation.ts';
import type { Notation } from './notation.ts';
import { tomlNotation } from './toml-notation.ts';
import { yamlNotation } from './yaml-notation.ts';

const notations: Record<AssistantProgram['notation'], Notation> = {
  json: jsonNotation,
  toml: tomlNotation,
  yaml: yamlNotation,
};

export type Edit = {
  notation: AssistantProgram['notation'];
  section: string;
  name: string;
  /** Null takes the entry out. */
  entry: Record<string, unknown> | null;
  /** Named in what is thrown. */
  path: string;
};

/** The edited text; the same text where there is nothing to change. Throws `conflict` for a file that cannot be edited safely. */
export function editConfiguration(text: string, { notation, section, name, entry, path }: Edit): string {
  const { parse, edit } = notations[notation];
  const refuse = (reason: string, cause?: unknown) =>
    new AppError(
      'conflict',
      `${path} ${reason}, so it is left as it is. Add the entry by hand: llara mcp install --print shows it.`,
      { cause },
    );
  const before = attempt(
    () => parse(text),
    (cause) => refuse(`cannot be read (${reasonOf(cause)})`, cause),
  );
  const entries = before[section] ?? {};
  if (!isRecord(entries)) throw refuse(`holds something else under "${section}"`);
  if (entry === null ? !(name in entries) : isDeepStrictEqual(entries[name], entry)) return text;

  const { [name]: _, ...others } = entries;
  const expected = { ...before, [section]: entry === null ? others : { ...others, [name]: entry } };
  const edited = attempt(
    () => edit(text, [section, name], entry),
    (cause) => refuse('cannot be edited', cause),
  );
  const after = attempt(
    () => parse(edited),
    (cause) => refuse('would be damaged by the change', cause),
  );
  // A table that is empty now may be gone in some notations.
  if (!isDeepStrictEqual(withoutEmpty(after, section), withoutEmpty(expected, section)))
    throw refuse('would lose something by the change');
  return edited;
}

/** The entry alone, as it stands in a file that holds nothing else. */
export function entryAlone({ notation, section, name, entry }: Omit<Edit, 'path'>): string {
  return notations[notation].edit('', [section, name], entry);
}

function attempt<Result>(work: () => Result, refuse: (cause: unknown) => AppError): Result {
  try {
    return work();
  } catch (cause) {
    throw refuse(cause);
  }
}

function withoutEmpty(value: Record<string, unknown>, section: string): Record<string, unknown> {
  const { [section]: entries, ...rest } = value;
  return isRecord(entries) && Object.keys(entries).length === 0 ? rest : value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const reasonOf = (cause: unknown) =>
  (cause instanceof Error ? cause.message : String(cause)).split('\n')[0]?.replace(/[.:]$/, '') ?? '';
