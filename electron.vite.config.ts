/** How the three parts of the desktop app are bundled: main with the engine's own entries, preload, page. */
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { bundledPackages } from './build/bundled-packages.ts';
import { programEntries } from './build/program-entries.ts';

function mainEntries(): Record<string, string> {
  return {
    index: 'src-main/desktop/main.ts',
    'engine-entry': 'src-main/host/engine-entry.ts',
    ...programEntries(),
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
    // Relative addresses, so that one build serves under `app://` and under the loopback host alike.
    base: './',
    plugins: [
      svelte({ configFile: resolve('svelte.config.js') }),
      pdfjsFiles(),
      bundledPackages(resolve('out/bundled-packages.json')),
    ],
    build: {
      target: 'chrome140',
      // Files stay files: the page's policy allows no fonts or scripts from text.
      assetsInlineLimit: 0,
      // Off by default here; what the page opens with is read and compiled before anything works.
      minify: true,
      cssMinify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: 'src-renderer/index.html' },
    },
  },
});

/** What pdf.js fetches from beside the page when a file needs it: character maps, stand-in fonts, image decoders. */
function pdfjsFiles(): Plugin {
  return {
    name: 'pdfjs-files',
    apply: 'build',
    closeBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs']) {
        cpSync(join('node_modules/pdfjs-dist', folder), join('out/renderer/pdfjs', folder), {
          recursive: true,
        });
      }
    },
  };
}
