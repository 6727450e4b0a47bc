/** The screens on which libraries are kept whole and taken to another machine. */
import type { Screen } from './screen.ts';

export const keepingScreens: readonly Screen[] = [
  {
    name: 'settings-check',
    show: async ({ page, host, visit }, words) => {
      const path = `/home/ada/${'a-long-name-'.repeat(8)}`;
      host.engine.state.findings = [
        { library: null, check: 'settings', message: `A damaged file is kept as ${path}.`, repair: 'person' },
        {
          library: 'default',
          check: 'texts',
          message: 'There are texts of 3 documents.',
          repair: 'possible',
        },
      ];
      await visit('#/settings');
      await page.getByRole('button', { name: words.repair.check }).click();
      await page.getByText(words.repair.outcomes.possible).scrollIntoViewIfNeeded();
    },
  },
];
