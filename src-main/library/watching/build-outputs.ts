/**
 * Folders that a tool fills with what it makes of a project's sources. Their names, such as `build` or `target`, may as well be those of a
 * person's own papers, so they count only beside the file by which the tool knows its project.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Exclusion } from './exclusion.ts';

/** By the ending of the project's file, or the whole of its name. */
const outputsByProject: readonly (readonly [project: string, outputs: string])[] = [
  ['package.json', 'build dist out coverage'],
  ['Cargo.toml', 'target'],
  ['pom.xml', 'target'],
  ['build.sbt', 'target'],
  ['build.gradle', 'build'],
  ['build.gradle.kts', 'build'],
  ['CMakeLists.txt', 'build'],
  ['pyproject.toml', 'build dist'],
  ['setup.py', 'build dist'],
  ['pubspec.yaml', 'build'],
  ['mix.exs', '_build deps'],
  ['.csproj', 'bin obj'],
  ['.fsproj', 'bin obj'],
  ['.vbproj', 'bin obj'],
];

const none: ReadonlySet<string> = new Set();

/** `names`: what lies in one folder. */
export const buildOutputs = (names: readonly string[]): ReadonlySet<string> => {
  const outputs = outputsByProject
    .filter(([project]) =>
      names.some((name) => name === project || (project.startsWith('.') && name.endsWith(project))),
    )
    .flatMap(([, outputs]) => outputs.split(' '));
  return outputs.length > 0 ? new Set(outputs) : none;
};

/** Whether a scan of `root` comes to `below`, a path with `/`: neither it nor a folder above it is left out. */
export const isScanned = async (root: string, below: string, isExcluded: Exclusion): Promise<boolean> => {
  const names = below.split('/');
  for (const index of names.keys()) {
    // What cannot be read just now says nothing of what is built there.
    const beside = await readdir(join(root, ...names.slice(0, index))).catch(() => []);
    if (isExcluded(names.slice(0, index + 1).join('/'), buildOutputs(beside))) return false;
  }
  return true;
};
