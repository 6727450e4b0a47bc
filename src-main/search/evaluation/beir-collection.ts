/** Reads a test collection in BEIR layout: corpus.jsonl, queries.jsonl, qrels.tsv (or qrels/test.tsv). It measures nothing. */
import { createReadStream, existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
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

const corpusLineSchema = z.object({ _id: z.coerce.string(), title: z.string().nullish(), text: z.string() });
const queryLineSchema = z.object({ _id: z.coerce.string(), text: z.string() });

/** Throws `path-not-readable` or `bad-request`, naming the file, the line and what is wrong. */
export async function loadBeirCollection(directory: string): Promise<BeirCollection> {
  const folder = resolve(directory);
  const qrels = ['qrels.tsv', 'qrels/test.tsv'].map((name) => join(folder, name)).find(existsSync);
  const corpus: CorpusEntry[] = [];
  for await (const { _id, title, text } of jsonLines(join(folder, 'corpus.jsonl'), corpusLineSchema)) {
    corpus.push({ id: _id, title: title ?? '', text });
  }
  const judgements = await readJudgements(qrels ?? join(folder, 'qrels.tsv'));
  const queries: BeirQuery[] = [];
  for await (const { _id, text } of jsonLines(join(folder, 'queries.jsonl'), queryLineSchema)) {
    const grades = judgements.get(_id);
    if (grades && [...grades.values()].some((grade) => grade > 0)) queries.push({ id: _id, text });
  }
  if (corpus.length === 0) throw new AppError('bad-request', `${folder}: corpus.jsonl holds no documents.`);
  if (queries.length === 0) {
    throw new AppError('bad-request', `${folder}: no query in queries.jsonl has a judgement in qrels.tsv.`);
  }
  return { name: basename(folder), directory: folder, corpus, queries, judgements };
}

async function readJudgements(path: string): Promise<Judgements> {
  const judgements: Judgements = new Map();
  for await (const { line, number } of lines(path)) {
    const fields = line.split('\t');
    // BEIR has three columns under a heading, TREC four without one.
    const [query, document, grade] = fields.length === 4 ? [fields[0], fields[2], fields[3]] : fields;
    if (number === 1 && Number.isNaN(Number(grade))) continue;
    if (!query || !document || grade === undefined || grade.trim() === '' || Number.isNaN(Number(grade))) {
      throw new AppError(
        'bad-request',
        `${path}, line ${number}: expected query id, document id and grade, separated by tabs.`,
      );
    }
    const grades = judgements.get(query) ?? new Map<string, number>();
    judgements.set(query, grades.set(document, Number(grade)));
  }
  return judgements;
}

async function* jsonLines<Line>(path: string, schema: z.ZodType<Line>): AsyncGenerator<Line> {
  for await (const { line, number } of lines(path)) {
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const where = issue?.path.join('.') || 'the line';
      throw new AppError('bad-request', `${path}, line ${number}: ${where}: ${issue?.message}.`);
    }
    yield parsed.data;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // The schema then says that this is no object, with the line's number.
  }
}

async function* lines(path: string): AsyncGenerator<{ line: string; number: number }> {
  if (!existsSync(path)) {
    throw new AppError(
      'path-not-readable',
      `${path} is missing. A test collection is a folder with corpus.jsonl, queries.jsonl and qrels.tsv.`,
    );
  }
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') yield { line, number };
  }
}
