/**
 * Names that are left out of every scan, unless a person takes one back: hidden files, and what other programs install, build
 * or keep for themselves. Only names that mean nothing else are listed: a folder called `vendor` may well hold a person's own papers, and for
 * `build` or `target` see `build-outputs`.
 */
import type { SkipRule } from '../../contract/libraries.ts';

/** Why something is left out; counted by reason, so that a person can be told. */
export type SkipReason = Exclude<SkipRule, 'excluded' | 'gitignore'>;

const reasonByName = new Map<string, SkipReason>();
for (const [reason, names] of [
  [
    'dependencies',
    'node_modules bower_components jspm_packages site-packages virtualenv venv Pods Carthage DerivedData elm-stuff',
  ],
  ['cache', '__pycache__ __MACOSX CMakeFiles htmlcov lost+found CachedData GPUCache'],
  [
    'lock-file',
    'package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock composer.lock Cargo.lock Gemfile.lock poetry.lock Pipfile.lock uv.lock flake.lock go.sum',
  ],
] as const) {
  for (const name of names.split(' ')) reasonByName.set(name, reason);
}
/** Windows writes them in letters of either kind. */
const systemNames = new Set(['$recycle.bin', 'thumbs.db', 'desktop.ini', 'system volume information']);

/** `name` is one part of a path; null for what may be a document or hold some. */
export const skipReason = (name: string): SkipReason | null => {
  if (name.startsWith('~$')) return 'lock-file';
  if (name.startsWith('.')) return 'hidden';
  if (systemNames.has(name.toLowerCase())) return 'system';
  return reasonByName.get(name) ?? null;
};
