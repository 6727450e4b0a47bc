/** An answer from the documents: a model file is chosen, writes before one's eyes, names its passages, and a click opens the place. */
import { expect, it } from 'vitest';
import { NativeRuntime } from '../../../src-main/native/native-runtime.ts';
import { makeReciter } from '../../native/models/make-reciter.ts';
import { goTo } from '../support/go-to.ts';
import { markedText } from '../support/marked-text.ts';
import type { ScenarioRun } from './scenario-run.ts';

/** `runOnSample` starts with the sample library read. */
export function answerQuestionScenarios(runOnSample: ScenarioRun): void {
  it('answers from the sample library with sources that open at the passage', () =>
    runOnSample(async ({ page }, scratch) => {
      const model = scratch.sub('reciter.gguf');
      await makeReciter(
        await NativeRuntime.create(),
        model,
        "A dog needs the landlady's agreement [1]. It was signed by a queen of Norway.",
      );
      await goTo(page, 'settings');
      await page.getByRole('radio', { name: 'A model file' }).click();
      await page.getByPlaceholder('/…/instruct.gguf').fill(model);
      await page.getByPlaceholder('/…/instruct.gguf').press('Enter');
      await page
        .getByLabel('Model file')
        .getByText(/^reciter/)
        .waitFor({ state: 'attached' });

      await page.getByRole('navigation').getByRole('link', { name: 'Answers' }).click();
      const field = page.getByPlaceholder('Ask in your own words');
      await field.waitFor();
      await page.evaluate(noteWhatIsShown);
      await field.fill('Does a dog need the agreement of the landlady?');
      await page.keyboard.press('Enter');
      await page.getByText('Written by reciter.').waitFor();
      const answer = page.locator('.answer');
      expect(await answer.locator('[data-supported="true"]').textContent()).toBe(
        "A dog needs the landlady's agreement.",
      );
      expect(await answer.locator('[data-supported="false"]').textContent()).toContain('queen of Norway');
      // It stood there in parts before it was whole.
      const shown = await page.evaluate(() => (window as unknown as { shown: string[] }).shown);
      const whole = "A dog needs the landlady's agreement.";
      expect(shown.some((text) => text !== '' && text !== whole && whole.startsWith(text))).toBe(true);

      await answer
        .getByRole('button', { name: /^Source \d: .*agreement/i })
        .first()
        .click();
      const sheet = page.locator('[data-page="2"]');
      await sheet.locator('.stroke').first().waitFor();
      expect(await markedText(sheet)).toMatch(/dog needs/i);
      await page.goBack();
      await page.getByText('Written by reciter.').waitFor();
    }));
}

/** Runs in the page: keeps what stands where an answer is being written, each time it changes. */
function noteWhatIsShown(): void {
  const shown: string[] = [];
  (window as unknown as { shown: string[] }).shown = shown;
  const observer = new MutationObserver(() => {
    const text = document.querySelector('.answer .writing')?.textContent?.trim() ?? '';
    if (text !== shown.at(-1)) shown.push(text);
  });
  observer.observe(document.body, { childList: true, subtree: true, characterData: true });
}
