/** How a scenario gets its app: launched on a home of its own, checked for silent errors at the end, and closed. `prepare` fills the home. */
import { expect } from 'vitest';
import type { AppUnderTest, Launcher } from '../launch/launcher.ts';
import { type ScratchFolder, scratchFolder } from '../support/scratch-folder.ts';

export type ScenarioRun = (
  scenario: (app: AppUnderTest, scratch: ScratchFolder) => Promise<void>,
  /** Errors that a scenario brings about on purpose. */
  expectedErrors?: RegExp,
) => Promise<void>;

export function scenarioRun(
  launcher: Launcher,
  prepare: (home: string) => Promise<void> = async () => {},
): ScenarioRun {
  return async (scenario, expectedErrors) => {
    const scratch = scratchFolder();
    await prepare(scratch.sub('home'));
    const app = await launcher.launch(scratch.sub('home'));
    try {
      await scenario(app, scratch);
      const unexpected = app.pageErrors.filter((error) => !expectedErrors?.test(error));
      expect(unexpected, 'errors of the page').toEqual([]);
      expect(app.foreignRequests, 'requests beyond this machine').toEqual([]);
    } catch (error) {
      const name = expect.getState().currentTestName?.replace(/\W+/g, '-') ?? 'scenario';
      await app.page.screenshot({ path: `out/screenshots/failed/${name}.png` });
      // Where only the printed report is kept, what stood on the page is worth more than the picture.
      const shown = await app.page.locator('body').ariaSnapshot();
      if (error instanceof Error) error.message += `\n\nThe page then showed:\n${shown}`;
      throw error;
    } finally {
      await app.close();
      scratch.remove();
    }
  };
}
