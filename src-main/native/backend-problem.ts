/**
 * Says why the backend of a build is not there, in the words of the system's loader: ggml itself skips a library that does not open, and
 * says nothing. Only a throwaway process should ask, because each library is opened once more.
 */
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import koffi from 'koffi';
import type { LibraryLocation } from './library-location.ts';

/** What a backend wants of the system that no package brings. */
const needs: Partial<Record<LibraryLocation['variant'], string>> = {
  cuda: "It needs NVIDIA's driver and the CUDA toolkit, version 12 or 13.",
};

export function backendProblem({ directory, variant, fallbackDirectories }: LibraryLocation): string {
  const libraries = [directory, ...fallbackDirectories].flatMap((folder) =>
    globSync(`{lib,}ggml-${variant}.{so,dll,dylib}`, { cwd: folder }).map((name) => join(folder, name)),
  );
  if (libraries.length === 0) return `There is no ggml-${variant} library in ${directory}.`;
  const problems = libraries.map(openingProblem);
  if (problems.includes(null)) return 'Its libraries open, but they find no device.';
  return [`Its libraries do not open (${[...new Set(problems)].join('; ')}).`, needs[variant] ?? '']
    .join(' ')
    .trim();
}

function openingProblem(path: string): string | null {
  try {
    koffi.load(path);
    return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return `${basename(path)}: ${message.replace(/^Failed to load shared library: /, '')}`;
  }
}
