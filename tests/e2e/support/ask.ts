/** Types a question on the search screen and waits for the answer to exactly that question. */
import type { Locator, Page } from 'playwright-core';

/** Resolves to the hits, which may be none. */
export async function ask(page: Page, question: string): Promise<Locator> {
  const field = page.getByRole('searchbox');
  await field.fill('');
  await page.locator('[data-hit]').first().waitFor({ state: 'detached' });
  await field.fill(question);
  await page
    .locator('[data-hit]')
    .first()
    .or(page.getByText(/^Nothing found/))
    .first()
    .waitFor();
  return page.locator('[data-hit]');
}
