/**
 * Reads a folder of real files with questions beside it: `files/`, and `questions.json` (an array) or
 * `questions.jsonl` (one a line). It measures nothing.
 */
import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { evaluationHalfSchema } from '../../contract/evaluation.ts';

const questionSchema = z.object({
  id: z.string(),
  query: z.string(),
  /** Paths below `files/`, with `/`; none where nothing answers. */
  relevant: z.array(z.string()),
  kind: z.string().default('all'),
  /** Stands word for word in the relevant files. */
  sentence: z.string().nullable().default(null),
  /** A collection may keep half of its questions from whoever works on search. */
  half: evaluationHalfSchema.nullable().default(null),
});
export type FolderQuestion = z.infer<typeof questionSchema>;

export type QuestionFolder = { name: string; filesDirectory: string; questions: FolderQuestion[] };

/** Null where `directory` holds no questions. Throws `path-not-readable`, naming the file and what is wrong. */
export async function loadQuestionFolder(directory: string): Promise<QuestionFolder | null> {
  const folder = resolve(directory);
  const path = ['questions.json', 'questions.jsonl'].map((name) => join(folder, name)).find(existsSync);
  if (path === undefined) return null;
  const filesDirectory = join(folder, 'files');
  if (!existsSync(filesDirectory) || !statSync(filesDirectory).isDirectory()) {
    throw new AppError(
      'path-not-readable',
      `${filesDirectory} is missing: the documents that ${basename(path)} asks about belong there.`,
    );
  }
  const questions = readQuestions(path, await readFile(path, 'utf8'));
  const missing = questions
    .flatMap(({ relevant }) => relevant)
    .find((file) => !existsSync(join(filesDirectory, file)));
  if (missing !== undefined) {
    throw new AppError(
      'path-not-readable',
      `${path}: “${missing}” is said to answer and is not in ${filesDirectory}.`,
    );
  }
  return { name: basename(folder), filesDirectory, questions };
}

function readQuestions(path: string, text: string): FolderQuestion[] {
  const parsed = z
    .array(questionSchema)
    .safeParse(path.endsWith('.jsonl') ? jsonLines(path, text) : json(path, text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const [index, ...field] = issue?.path ?? [];
    const place =
      typeof index === 'number' ? `question ${index + 1}, ${field.join('.') || 'all of it'}: ` : '';
    throw new AppError('path-not-readable', `${path}: ${place}${issue?.message}.`);
  }
  const ids = new Set<string>();
  for (const { id } of parsed.data) {
    if (ids.has(id)) throw new AppError('path-not-readable', `${path}: the id “${id}” was there before.`);
    ids.add(id);
  }
  if (ids.size === 0) throw new AppError('path-not-readable', `${path} holds no questions.`);
  return parsed.data;
}

const jsonLines = (path: string, text: string): unknown[] =>
  text
    .split(/\r?\n/)
    .flatMap((line, at) => (line.trim() === '' ? [] : [json(`${path}, line ${at + 1}`, line)]));

function json(place: string, text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (cause) {
    throw new AppError('path-not-readable', `${place}: this is no JSON.`, { cause });
  }
}
