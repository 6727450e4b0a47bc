/**
 * How the command line is bundled for the npm package: Node runs no TypeScript below node_modules, so what is installed from
 * there is built JavaScript. Dependencies stay packages, as npm installs them.
 */
import { defineConfig } from 'vite';
import { programEntries } from './build/program-entries.ts';

export default defineConfig({
  publicDir: false,
  ssr: { external: true },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'out/cli',
    rolldownOptions: {
      input: {
        main: 'src-main/cli/main.ts',
        client: 'src-main/cli/client/client.ts',
        'served-engine-entry': 'src-main/cli/serving/served-engine-entry.ts',
        ...programEntries(),
      },
      // One flat folder: what a source file finds by `../../`, a bundle or a chunk of it finds there too.
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
    },
  },
});
