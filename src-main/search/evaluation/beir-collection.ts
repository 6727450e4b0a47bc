/** Reads a test collection in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv (or qrels/test.tsv). It measures nothing. */
import { createReadStream, existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';

export type CorpusEntry = { id: string; title: string; text: string };
export type BeirQuery = { id: string; text: string };
/** Grades by document id, for each query id that has any; only grades above 0 count as relevant. */
export type Judgements = Map<string, Map<string, number>>;

export type BeirCollection = {
  name: string;
  directory: string;
  corpus: CorpusEntry[];
  /** Those with at least one relevant document, in the order of the file. */
  queries: BeirQuery[];
  judgements: Judgements;
};

/** Some collections number their documents; an entry of a title alone has no text, or none that it says. */
const idSchema = z.union([z.string(), z.number()], 'expected a string or a number').transform(String);
const corpusLineSchema = z.object({
  _id: idSchema,
  title: z.string().nullish(),
  text: z.string().nullish(),
});
const queryLineSchema = z.object({ _id: idSchema, text: z.string() });

/** Throws `path-not-readable`, naming the file, the line and what is wrong. */
export async function loadBeirCollection(directory: string): Promise<BeirCollection> {
  const folder = resolve(directory);
  const qrels = ['qrels.tsv', 'qrels/test.tsv'].map((name) => join(folder, name)).find(existsSync);
  const corpus = await readCorpus(join(folder, 'corpus.jsonl'));
  const judgements = await readJudgements(qrels ?? join(folder, 'qrels.tsv'));
  const queries: BeirQuery[] = [];
  for await (const { line } of jsonLines(join(folder, 'queries.jsonl'), queryLineSchema)) {
    const grades = judgements.get(line._id);
    if (grades && [...grades.values()].some((grade) => grade > 0)) {
      queries.push({ id: line._id, text: line.text });
    }
  }
  if (corpus.length === 0)
    throw new AppError('path-not-readable', `${folder}: corpus.jsonl holds no documents.`);
  if (queries.length === 0) {
    throw new AppError(
      'path-not-readable',
      `${folder}: no query in queries.jsonl has a judgement in qrels.tsv.`,
    );
  }
  return { name: basename(folder), directory: folder, corpus, queries, judgements };
}

async function readCorpus(path: string): Promise<CorpusEntry[]> {
  const corpus = new Map<string, CorpusEntry>();
  for await (const { line, number } of jsonLines(path, corpusLineSchema)) {
    const { _id: id, title, text } = line;
    if (corpus.has(id)) {
      throw new AppError('path-not-readable', `${path}, line ${number}: the id "${id}" was there before.`);
    }
    corpus.set(id, { id, title: title ?? '', text: text ?? '' });
  }
  return [...corpus.values()];
}

async function readJudgements(path: string): Promise<Judgements> {
  const judgements: Judgements = new Map();
  for await (const { line, number } of lines(path)) {
    // BEIR has three columns under a heading, with tabs; TREC four without one, often with spaces.
    const fields = line.split(line.includes('\t') ? '\t' : /\s+/);
    const [query, document, grade] = fields.length === 4 ? [fields[0], fields[2], fields[3]] : fields;
    if (number === 1 && Number.isNaN(Number(grade))) continue;
    if (!query || !document || grade === undefined || grade.trim() === '' || Number.isNaN(Number(grade))) {
      throw new AppError(
        'path-not-readable',
        `${path}, line ${number}: expected query id, document id and grade, with tabs between them.`,
      );
    }
    const grades = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, grades.set(document, Number(grade)));
  }
  return judgements;
}

async function* jsonLines<Line>(
  path: string,
  schema: z.ZodType<Line>,
): AsyncGenerator<{ line: Line; number: number }> {
  for await (const { line, number } of lines(path)) {
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const field = issue?.path.join('.');
      const problem = field ? `${field}: ${issue?.message}` : 'this is no JSON object';
      throw new AppError('path-not-readable', `${path}, line ${number}: ${problem}.`);
    }
    yield { line: parsed.data, number };
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // No object, as the schema then finds.
  }
}

/**
 * Lines that are not blank, with their number in the file. They end at LF or CR LF alone: `node:readline` would also
 * break them at U+2028, which JSON allows inside a text.
 */
async function* lines(path: string): AsyncGenerator<{ line: string; number: number }> {
  if (!existsSync(path)) {
    throw new AppError(
      'path-not-readable',
      `${path} is missing. A test collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv.`,
    );
  }
  let number = 0;
  let rest = '';
  for await (const piece of createReadStream(path, 'utf8')) {
    const complete = (rest + piece).split('\n');
    rest = complete.pop() ?? '';
    for (const line of complete) {
      number += 1;
      if (line.trim() !== '') yield { line: clean(line, number), number };
    }
  }
  if (rest.trim() !== '') yield { line: clean(rest, number + 1), number: number + 1 };
}

/** Without the CR of Windows and the byte order mark that some of its programs begin a file with. */
function clean(line: string, number: number): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  return number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
}
