/** How the three parts of the desktop app are bundled: main with the engine's own entries, preload, page. */
import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/**
 * The engine, every worker thread and every throwaway process are programs of their own. Each `*-worker.ts` or `*-child.ts` becomes `out/main/<name>.js`,
 * beside the engine, where `entryPath` looks for it.
 */
function mainEntries(): Record<string, string> {
  const workers = globSync('src-main/{engine,library,llara,native,search,store}/**/*-{worker,child}.ts');
  return {
    index: 'src-main/desktop/main.ts',
    'engine-entry': 'src-main/engine/engine-entry.ts',
    ...Object.fromEntries(workers.map((path) => [basename(path, '.ts'), path])),
  };
}

export default defineConfig({
  main: {
    build: {
      sourcemap: 'hidden',
      rolldownOptions: {
        input: mainEntries(),
        // One flat folder: what a source file finds by `../../`, a bundle or a chunk of it finds there too.
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunk-[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src-main/desktop/preload.ts' },
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    plugins: [svelte()],
    build: {
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
});
