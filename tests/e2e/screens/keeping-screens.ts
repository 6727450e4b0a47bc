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
  {
    name: 'export-library',
    show: async ({ page, visit }, words) => {
      await visit('#/library');
      await page.getByRole('button', { name: words.exchange.exportOne('default') }).click();
      await page.getByLabel(words.exchange.newFile).waitFor();
    },
  },
  {
    name: 'import-library',
    show: async ({ page, host, visit }, words) => {
      const [moved, kept] = host.engine.state.archive.folders;
      const long = { path: `/Users/ada/${'a-folder-that-says-much/'.repeat(5)}`, isHere: false };
      host.engine.state.archive = { ...host.engine.state.archive, folders: [moved!, kept!, long] };
      await visit('#/library');
      await page.getByRole('button', { name: words.exchange.import }).click();
      await page.getByLabel(words.exchange.file).fill('/mnt/stick/letters.llara');
      await page.getByRole('button', { name: words.exchange.look }).click();
      await page.getByText(words.exchange.foldersTitle).waitFor();
    },
  },
];
