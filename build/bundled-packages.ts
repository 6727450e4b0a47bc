/** A build plugin that writes down which npm packages went into the page, so that their licences can be shipped. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

export function bundledPackages(outputFile: string): Plugin {
  return {
    name: 'bundled-packages',
    apply: 'build',
    writeBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? file.moduleIds : file.originalFileNames,
      );
      const names = new Set([...ids, ...this.getModuleIds()].map(packageOf).filter((name) => name !== null));
      mkdirSync(dirname(outputFile), { recursive: true });
      writeFileSync(outputFile, `${JSON.stringify([...names].sort(), null, 2)}\n`);
    },
  };
}

/** Name of the package that a module's file lies in; null for our own files. */
export function packageOf(id: string): string | null {
  const at = id.lastIndexOf('node_modules/');
  if (at < 0) return null;
  const [scopeOrName, name] = id.slice(at + 'node_modules/'.length).split('/');
  return scopeOrName?.startsWith('@') ? `${scopeOrName}/${name}` : (scopeOrName ?? null);
}
