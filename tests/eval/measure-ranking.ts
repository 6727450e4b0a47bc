/**
 * Asks collections with other settings of ranking than the product's, through the product's own search: nDCG@10 of collections in BEIR layout, first · first five
 * of folders with questions. Each is indexed once, into WORK_FOLDER, and kept there. Usage:
 *
 *   npm run node -- tests/eval/measure-ranking.ts COLLECTION… --work WORK_FOLDER [--settings FILE.json] [--model MODEL.gguf] [--questions 400] [--json]
 *
 * FILE.json holds an object of settings by the name of their row, each a part of `RankingSettings`; what one leaves out is the product's. At most `--questions`
 * of a collection are asked, every n-th of them. With --json one line is printed for each row and collection, with all kinds of a folder's questions.
 */
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchRequest, SearchResponse } from '../../src-main/contract/search.ts';
import { Engine } from '../../src-main/engine/engine.ts';
import { askQuestions } from '../../src-main/search/evaluation/ask-questions.ts';
import { loadBeirCollection } from '../../src-main/search/evaluation/beir-collection.ts';
import { evaluateQueries } from '../../src-main/search/evaluation/evaluate-queries.ts';
import { loadQuestionFolder } from '../../src-main/search/evaluation/question-folder.ts';
import { type AnswerFigures, summariseAnswers } from '../../src-main/search/evaluation/summarise-answers.ts';
import { type RankingSettings, rankingSettings } from '../../src-main/search/ranking/ranking-settings.ts';
import { searchLibrary } from '../../src-main/search/search-library.ts';
import { openKeptLibrary } from './support/kept-library.ts';

type Search = (request: SearchRequest) => Promise<SearchResponse>;
/** Of a collection, or of a folder with questions. */
type Found = { questions: number; ndcg10: number } | { rows: Omit<AnswerFigures, 'p50_ms' | 'p95_ms'>[] };
/** Figures by the name of their column. */
type Figures = Record<string, string>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string' },
    settings: { type: 'string' },
    model: { type: 'string' },
    questions: { type: 'string', default: '400' },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length === 0 || !values.work) {
  throw new Error(
    'Usage: measure-ranking.ts COLLECTION… --work WORK_FOLDER [--settings FILE.json] [--model MODEL.gguf]',
  );
}
const others: Record<string, Partial<RankingSettings>> = values.settings
  ? JSON.parse(readFileSync(values.settings, 'utf8'))
  : {};
const rows: [string, Partial<RankingSettings>][] = [['as the product ranks', {}], ...Object.entries(others)];
const work = resolve(values.work);
if (values.model) process.env.LLARA_MODEL = resolve(values.model);
const engine = await Engine.open({ home: join(work, 'home') });
const figures = new Map<string, Figures>(rows.map(([name]) => [name, {}]));
for (const directory of positionals) await measure(resolve(directory));
await engine.close();
if (!values.json) printTable();
process.exit(0);

/** Adds a column for the collection to each row. */
async function measure(directory: string): Promise<void> {
  const session = await openKeptLibrary(engine, directory, work);
  const ask = await questionsOf(directory);
  for (const [name, setting] of rows) {
    const ranking = { ...rankingSettings, ...setting };
    const search: Search = (request) =>
      session.answer((context) => searchLibrary({ ...context, ranking }, request));
    const found = await ask(search);
    const columns = columnsOf(basename(directory), found);
    console.error(`${basename(directory)}, ${name}: ${Object.values(columns).join(', ')}`);
    if (values.json) console.log(JSON.stringify({ row: name, collection: basename(directory), ...found }));
    Object.assign(figures.get(name)!, columns);
  }
  await session.close();
}

/** Returns what asks the questions of a collection, or of a folder with questions, through a search. */
async function questionsOf(directory: string): Promise<(search: Search) => Promise<Found>> {
  const folder = await loadQuestionFolder(directory);
  if (folder) {
    return async (search) => {
      const asked = await askQuestions(folder.questions, { mode: 'hybrid', search });
      return { rows: summariseAnswers(asked).map(({ p50_ms, p95_ms, ...figures }) => figures) };
    };
  }
  const collection = await loadBeirCollection(directory);
  const step = Math.max(1, Math.ceil(collection.queries.length / Number(values.questions)));
  const queries = collection.queries.filter((_, index) => index % step === 0);
  return async (search) => {
    const { ndcg10 } = await evaluateQueries({ ...collection, queries }, { mode: 'hybrid', k: 100, search });
    return { questions: queries.length, ndcg10 };
  };
}

function columnsOf(name: string, found: Found): Figures {
  if ('ndcg10' in found) return { [name]: found.ndcg10.toFixed(4) };
  const shown = found.rows.filter(({ kind }) => kind === null || kind === 'paraphrase');
  return Object.fromEntries(
    shown.map(({ kind, half, first, first5 }) => [
      [name, kind, half].filter((part) => part !== null).join(' '),
      [first, first5].map((share) => share?.toFixed(3)).join(' · '),
    ]),
  );
}

function printTable(): void {
  const columns = Object.keys(figures.values().next().value ?? {});
  console.log(`| | ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length + 1)}`);
  for (const [name, found] of figures) {
    console.log(`| ${name} | ${columns.map((column) => found[column]).join(' | ')} |`);
  }
}
