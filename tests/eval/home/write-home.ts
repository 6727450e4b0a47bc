/** Writes the household's folder as `files/` with its `questions.json` beside it; the same bytes and times on every machine. */
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { homeDocuments } from './home-documents.ts';
import { homeQuestions } from './home-questions.ts';
import { writeDocument } from './writers/write-document.ts';

export type HomeFile = { path: string; date: string; bytes: Uint8Array };

export async function* homeFiles(): AsyncGenerator<HomeFile> {
  for (const document of homeDocuments()) {
    yield { path: document.file, date: document.date, bytes: await writeDocument(document) };
  }
}

/** Returns how many files and questions were written. Files of the same names are replaced, others stay. */
export async function writeHome(directory: string): Promise<{ files: number; questions: number }> {
  let files = 0;
  for await (const { path, date, bytes } of homeFiles()) {
    const target = join(directory, 'files', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    const changedAt = new Date(`${date}T12:00:00Z`);
    await utimes(target, changedAt, changedAt);
    files += 1;
  }
  const questions = homeQuestions();
  await writeFile(join(directory, 'questions.json'), `${JSON.stringify(questions, null, 1)}\n`);
  return { files, questions: questions.length };
}
