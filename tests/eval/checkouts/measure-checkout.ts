/**
 * Measures other checkouts of the product, such as earlier commits or today's with one rule taken out, on one and the same collection by this checkout's
 * measures: first · first five of a folder with questions, nDCG@10 of a collection in BEIR layout. One JSON for each checkout. Scans are not recognised. Usage:
 *
 *   npm run node -- tests/eval/checkouts/measure-checkout.ts COLLECTION --checkout CHECKOUT… [--model MODEL.gguf] [--home HOME]
 *
 * A checkout is a work tree with its node_modules. HOME keeps one checkout's index, which others that read and store alike may then ask; without it each
 * makes its own and throws it away. Without a model, the one that this checkout ships embeds for all of them.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { SearchRequest, SearchResponse } from '../../../src-main/contract/search.ts';
import { askQuestions } from '../../../src-main/search/evaluation/ask-questions.ts';
import { loadBeirCollection } from '../../../src-main/search/evaluation/beir-collection.ts';
import { evaluateQueries } from '../../../src-main/search/evaluation/evaluate-queries.ts';
import { loadQuestionFolder } from '../../../src-main/search/evaluation/question-folder.ts';
import { summariseAnswers } from '../../../src-main/search/evaluation/summarise-answers.ts';
import type { CheckoutAnswers, CheckoutTask } from './answer-in-checkout.ts';

type Search = (request: SearchRequest) => Promise<SearchResponse>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    checkout: { type: 'string', multiple: true },
    model: { type: 'string', default: 'resources/models/llara-mini/llara-mini-q8_0.gguf' },
    home: { type: 'string' },
  },
});
const [collection] = positionals;
if (!collection || !values.checkout) {
  throw new Error(
    'Usage: measure-checkout.ts COLLECTION --checkout CHECKOUT… [--model MODEL.gguf] [--home HOME]',
  );
}
const directory = resolve(collection);
const measure = await measureOf(directory);
const requests = await requestsOf(measure);
for (const checkout of values.checkout) {
  const { answers, states, indexSeconds } = askCheckout(resolve(checkout));
  const inOrder = answers.values();
  const figures = await measure(async () => inOrder.next().value!);
  console.log(
    JSON.stringify({
      commit: commitOf(checkout),
      collection: basename(directory),
      states,
      indexSeconds,
      ...figures,
    }),
  );
}

/** Returns what asks a collection's questions through a search and sums up its answers. How long they took is not told. */
async function measureOf(folder: string): Promise<(search: Search) => Promise<object>> {
  const asked = await loadQuestionFolder(folder);
  if (asked) {
    return async (search) => {
      const rows = summariseAnswers(await askQuestions(asked.questions, { mode: 'hybrid', search }));
      return { rows: rows.map(({ p50_ms, p95_ms, ...figures }) => figures) };
    };
  }
  const beir = await loadBeirCollection(folder);
  return async (search) => {
    const { queries, ndcg10, mrr10 } = await evaluateQueries(beir, { mode: 'hybrid', k: 100, search });
    return { queries, ndcg10, mrr10 };
  };
}

/** What would be asked, in order: found by asking a search that finds nothing. */
async function requestsOf(ask: (search: Search) => Promise<object>): Promise<SearchRequest[]> {
  const noted: SearchRequest[] = [];
  await ask(async (request) => {
    noted.push(request);
    return {
      mode: request.mode,
      groups: [] as SearchResponse['groups'],
      notices: [] as string[],
    } as SearchResponse;
  });
  return noted;
}

function askCheckout(checkout: string): CheckoutAnswers {
  const scratch = mkdtempSync(join(tmpdir(), 'llara-checkout-'));
  try {
    const home = values.home ? resolve(values.home) : join(scratch, 'home');
    mkdirSync(home, { recursive: true });
    const task: CheckoutTask = {
      checkout,
      collection: directory,
      home,
      requests: join(scratch, 'requests.json'),
      answers: join(scratch, 'answers.json'),
    };
    writeFileSync(task.requests, JSON.stringify(requests));
    execFileSync(
      process.execPath,
      [join(import.meta.dirname, 'answer-in-checkout.ts'), JSON.stringify(task)],
      { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LLARA_MODEL: resolve(values.model) } },
    );
    return JSON.parse(readFileSync(task.answers, 'utf8'));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function commitOf(checkout: string): string {
  return execFileSync('git', ['-C', checkout, 'rev-parse', '--short=7', 'HEAD'], { encoding: 'utf8' }).trim();
}
