/** Goes to one of the page's views by its link, leaving the first-run guide where it is shown. */
import type { Page } from 'playwright-core';

const names = {
  search: 'Search',
  library: 'Library',
  adapt: 'Adapt',
  models: 'Models',
  settings: 'Settings',
} as const;

export async function goTo(page: Page, view: keyof typeof names): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Views' });
  const skip = page.getByRole('button', { name: /Skip the guide|Done\. Open the search/ });
  await navigation.or(skip).first().waitFor();
  if (await skip.isVisible()) await skip.click();
  await navigation.getByRole('link', { name: names[view] }).click();
  await page.locator(`nav a[aria-current="page"][href="#/${view}"]`).waitFor();
}
