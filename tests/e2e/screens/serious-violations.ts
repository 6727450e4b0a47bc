/** What axe finds on a page. It is run through the debugger, so that the page's policy against foreign scripts stays as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** `only`: the one rule that is asked for, where another look has passed the rest. */
export async function seriousViolations(page: Page, only?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  const results = await page.evaluate(async (rules) => {
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    // Nothing is preloaded: what axe fetches again, styles and films, is for rules that are off or that no screen has to do with.
    return await axe.run({
      resultTypes: ['violations'],
      preload: false,
      ...(rules ? { runOnly: rules } : {}),
    });
  }, only);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary})`).join('; ')}`,
    );
}
