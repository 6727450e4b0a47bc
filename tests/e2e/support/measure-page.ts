/** How fast the page is for a person: from opening it to the first paint, and from a key to the answer on the screen. */
import type { Page } from 'playwright-core';

export interface PageSpeed {
  /** First contentful paint after navigation, one figure per load, milliseconds. */
  readonly firstPaintMs: readonly number[];
  /** From navigation until the search field is painted, one figure per load, milliseconds. */
  readonly readyMs: readonly number[];
  /** From the last key of a question to its answer being painted, one figure per question, milliseconds. */
  readonly typingToResultsMs: readonly number[];
}

const KEY_PAUSE_MS = 45;

/** The page must show the search. Types each question key by key, at the pace of a quick typist. */
export async function measurePage(
  page: Page,
  url: string,
  loads: number,
  questions: readonly string[],
): Promise<PageSpeed> {
  const firstPaintMs: number[] = [];
  const readyMs: number[] = [];
  await page.addInitScript(noteWhenReady);
  for (let load = 0; load < loads; load += 1) {
    await page.goto('about:blank');
    await page.goto(url);
    await page.getByRole('searchbox').waitFor();
    firstPaintMs.push(
      await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]!.startTime),
    );
    const ready = () => performance.getEntriesByName('field-painted')[0]?.startTime ?? 0;
    await page.waitForFunction(ready);
    readyMs.push(await page.evaluate(ready));
  }
  const typingToResultsMs: number[] = [];
  for (const question of questions) {
    await page.getByRole('searchbox').fill('');
    await page.locator('[data-answered=""]').waitFor();
    const answered = page.evaluate(waitForAnswer, question);
    await page.getByRole('searchbox').pressSequentially(question, { delay: KEY_PAUSE_MS });
    typingToResultsMs.push(await answered);
  }
  return { firstPaintMs, readyMs, typingToResultsMs };
}

/** Runs in the page before its own scripts: marks the frame in which the search field is painted. */
function noteWhenReady(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('input[type="search"]')) return;
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('field-painted')));
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Runs in the page: milliseconds from the last input event to the frame after the answer to `question` is in the document. */
function waitForAnswer(question: string): Promise<number> {
  return new Promise((resolve) => {
    let lastInputAt = 0;
    const onInput = () => {
      lastInputAt = performance.now();
    };
    window.addEventListener('input', onInput, { capture: true });
    const view = document.querySelector('[data-answered]')!;
    const observer = new MutationObserver(() => {
      if (view.getAttribute('data-answered') !== question) return;
      observer.disconnect();
      window.removeEventListener('input', onInput, { capture: true });
      // The frame after the next one has been painted.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - lastInputAt)));
    });
    observer.observe(view, { attributes: true, attributeFilter: ['data-answered'] });
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
