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
  const link = navigation.getByRole('link', { name: names[view] });
  for (let isThere = false; !isThere; ) {
    await navigation.or(skip).first().waitFor();
    if (await skip.isVisible()) await skip.click();
    // The guide takes the navigation's place once the engine has answered, which may be between the look and the click.
    isThere = await link.click({ timeout: 3000 }).then(
      () => true,
      async (error: unknown) => {
        if (await skip.isVisible()) return false;
        throw error;
      },
    );
  }
  await page.locator(`nav a[aria-current="page"][href^="#/${view}"]`).waitFor();
}
