/**
 * A process of its own for another checkout of the product: it indexes a collection by that checkout's evaluation, asks that checkout's search, and writes down
 * what was found. It judges nothing. Arguments: one JSON, see `CheckoutTask`.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SearchRequest, SearchResponse } from '../../../src-main/contract/search.ts';

export type CheckoutTask = {
  checkout: string;
  /** A folder with questions or a collection in BEIR layout. */
  collection: string;
  /** Data folder of the checkout's engine. What it has indexed is asked and not indexed again. */
  home: string;
  /** A file with an array of `SearchRequest`. */
  requests: string;
  /** The file to write: `CheckoutAnswers`. */
  answers: string;
};

/** As much of an answer as judging needs; commits before some fields existed leave them out. */
export type CheckoutAnswers = {
  answers: SearchResponse[];
  states: Record<string, number>;
  indexSeconds: number | null;
};

if (import.meta.main) await answer(JSON.parse(process.argv[2]!));

/** Types are those of this checkout; of another one only what has been the same in all of them is called. */
async function answer({ checkout, collection, home, requests, answers }: CheckoutTask): Promise<never> {
  const load = (path: string) => import(pathToFileURL(join(checkout, 'src-main/engine', path)).href);
  const { Engine }: typeof import('../../../src-main/engine/engine.ts') = await load('engine.ts');
  const engine = await Engine.open({ home });
  const session = engine.libraries.get('default');
  const mark = join(home, 'indexed');
  let indexSeconds: number | null = null;
  if (!existsSync(mark)) {
    const { JobControl }: typeof import('../../../src-main/engine/jobs/job-control.ts') =
      await load('jobs/job-control.ts');
    const {
      openQuestionFolder,
    }: typeof import('../../../src-main/engine/evaluation/question-measurement.ts') = await load(
      'evaluation/question-measurement.ts',
    );
    const { openBeirCollection }: typeof import('../../../src-main/engine/evaluation/beir-measurement.ts') =
      await load('evaluation/beir-measurement.ts');
    const measured =
      (await openQuestionFolder(collection, engine.readSettings(), engine.languageFiles)) ??
      (await openBeirCollection(collection));
    const startedAtMs = performance.now();
    await measured.index(session, new JobControl({ onProgress: () => {}, onLog: () => {} }));
    indexSeconds = (performance.now() - startedAtMs) / 1000;
    writeFileSync(mark, '');
  }
  const found: unknown[] = [];
  for (const request of JSON.parse(readFileSync(requests, 'utf8')) as SearchRequest[]) {
    const { mode, groups, notices, confident } = await session.search({ ...request, library: 'default' });
    found.push({
      mode,
      groups: groups.map(({ document, hits }) => ({ document: placeOf(document), hits: hits.map(shownOf) })),
      notices,
      confident,
    });
  }
  const states = session.documents.counts();
  writeFileSync(answers, JSON.stringify({ answers: found, states, indexSeconds }));
  await engine.close();
  process.exit(0);
}

function placeOf({ path, relativePath }: { path: string; relativePath: string }) {
  return { path, relativePath };
}

function shownOf({ text, snippet }: { text: string; snippet: string }) {
  return { text, snippet };
}
