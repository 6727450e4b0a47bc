/**
 * How fast the page is in Chromium, on the sample library with the real engine behind the loopback host: the first paint, the
 * search field, and the answer after the last key. Needs the built page and Chromium. Usage: node tests/bench/page-bench.ts
 */
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { resolve } from 'node:path';
import { missingChromium } from '../e2e/launch/chromium.ts';
import { chromiumLauncher } from '../e2e/launch/chromium-launcher.ts';
import { addFolder } from '../e2e/support/add-folder.ts';
import { goTo } from '../e2e/support/go-to.ts';
import { measurePage, median } from '../e2e/support/measure-page.ts';
import { scratchFolder } from '../e2e/support/scratch-folder.ts';

/** Medians, milliseconds. */
export type PageBenchRow = {
  bench: 'page';
  loads: number;
  questions: number;
  firstPaintMs: number;
  readyMs: number;
  typingToResultsMs: number;
  load: number;
};

const loads = 9;

/** `questionCount`: how many of the sample library's questions are typed; all if left out. */
export async function pageBench(questionCount?: number): Promise<PageBenchRow> {
  const samples: { question: string }[] = JSON.parse(
    readFileSync('resources/sample-library/questions.json', 'utf8'),
  );
  const questions = samples.map(({ question }) => question).slice(0, questionCount);
  const scratch = scratchFolder();
  const launcher = chromiumLauncher();
  const app = await launcher.launch(scratch.sub('home'));
  try {
    await addFolder(app.page, resolve('resources/sample-library'));
    await goTo(app.page, 'search');
    const times = await measurePage(app.page, app.page.url(), loads, questions);
    return {
      bench: 'page',
      loads,
      questions: questions.length,
      firstPaintMs: Math.round(median(times.firstPaintMs)),
      readyMs: Math.round(median(times.readyMs)),
      typingToResultsMs: Math.round(median(times.typingToResultsMs)),
      load: loadavg()[0]!,
    };
  } finally {
    await app.close();
    await launcher.closeBrowser();
    scratch.remove();
  }
}

if (import.meta.main) {
  const missing = missingChromium();
  if (missing) console.warn(`SKIPPED: the page bench. ${missing}`);
  else console.log(JSON.stringify(await pageBench()));
}
