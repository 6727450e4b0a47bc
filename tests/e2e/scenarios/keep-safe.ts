/** Documents are foreign matter: whatever they bring along, nothing of it runs and nothing is fetched. */
import { expect, it } from 'vitest';
import { addFolder } from '../support/add-folder.ts';
import { ask } from '../support/ask.ts';
import { goTo } from '../support/go-to.ts';
import type { ScenarioRun } from './scenario-run.ts';

const hostile = `<!doctype html><html><head><title>Marmalade</title>
<script>top.ranScript = true; document.title = 'ran'</script>
<meta http-equiv="refresh" content="0;url=https://example.com/"><link rel="stylesheet" href="https://example.com/a.css">
<style>@import url(https://example.com/b.css)</style></head>
<body onload="top.ranScript = true"><h1>Marmalade</h1>
<img src="https://example.com/pixel.gif" onerror="top.ranScript = true"><iframe src="https://example.com/"></iframe>
<form action="https://example.com/"><button>send</button></form><svg onload="top.ranScript = true"></svg>
<p>Boil the oranges whole until they are soft, then slice them thinly.</p>
<a href="javascript:top.ranScript = true">a link about oranges</a></body></html>`;

const hostileMarkdown = `# Quinces

<script>top.ranScript = true</script><img src=x onerror="top.ranScript = true">

Quince jelly sets **without help**. [more](javascript:top.ranScript=true) ![](https://example.com/q.gif)
`;

/** Cleaning a document parses it first; the page's policy reports the handlers and styles that it thereby stops. */
const stopped = /^(Executing|Applying) inline .* violates the following Content Security Policy/;

export function keepSafeScenarios(run: ScenarioRun): void {
  for (const [file, content, question, mark] of [
    ['marmalade.html', hostile, 'boil the oranges', /Boil the oranges whole/],
    ['quinces.md', hostileMarkdown, 'quince jelly', /Quince jelly sets/],
  ] as const) {
    it(`shows ${file} without running anything of it`, () =>
      run(async ({ page }, scratch) => {
        scratch.write(`papers/${file}`, content);
        await addFolder(page, scratch.sub('papers'));
        await goTo(page, 'search');
        const hits = await ask(page, question);
        await hits.first().getByRole('link').click();
        const reader = file.endsWith('html')
          ? page.frameLocator('iframe[title="Document"]').locator('body')
          : page.getByRole('region', { name: 'Document' });
        await reader.locator('mark.passage').first().waitFor();
        expect((await reader.locator('mark.passage').allTextContents()).join('')).toMatch(mark);
        expect(await reader.locator('script, form, iframe, style, link, [onerror], [onload]').count()).toBe(
          0,
        );
        if (await page.locator('iframe').count()) {
          expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-same-origin');
        }
        await page.waitForTimeout(300);
        expect(await page.evaluate(() => 'ranScript' in window)).toBe(false);
        expect(await page.title()).not.toBe('ran');
      }, stopped));
  }
}
