/** The languages of programs by the endings of their files: the name a person would type, and how definitions are written in them. */

type Family = 'script' | 'typed' | 'c' | 'shell' | 'sql' | 'style' | 'functional';

export type ProgramLanguage = { name: string; family: Family };

const table: [name: string, family: Family, endings: string][] = [
  ['TypeScript', 'script', 'ts tsx mts cts'],
  ['JavaScript', 'script', 'js jsx mjs cjs'],
  ['Svelte', 'script', 'svelte'],
  ['Vue', 'script', 'vue'],
  ['Python', 'typed', 'py pyi pyw'],
  ['Ruby', 'typed', 'rb rake gemfile rakefile'],
  ['Go', 'typed', 'go'],
  ['Rust', 'typed', 'rs'],
  ['Java', 'c', 'java'],
  ['Kotlin', 'typed', 'kt kts'],
  ['Scala', 'typed', 'scala'],
  ['Groovy', 'c', 'groovy gradle'],
  ['Swift', 'typed', 'swift'],
  ['Dart', 'c', 'dart'],
  ['PHP', 'typed', 'php'],
  ['C', 'c', 'c h'],
  ['C++', 'c', 'cc cpp cxx hh hpp hxx'],
  ['C#', 'c', 'cs'],
  ['Objective-C', 'c', 'm mm'],
  ['Lua', 'typed', 'lua'],
  ['Perl', 'typed', 'pl pm'],
  ['R', 'typed', 'r'],
  ['Julia', 'typed', 'jl'],
  ['Elixir', 'typed', 'ex exs'],
  ['Haskell', 'functional', 'hs'],
  ['OCaml', 'functional', 'ml mli'],
  ['Clojure', 'functional', 'clj cljs'],
  ['Emacs Lisp', 'functional', 'el lisp'],
  ['Shell', 'shell', 'sh bash zsh fish'],
  ['PowerShell', 'typed', 'ps1 psm1'],
  ['Batch', 'shell', 'bat cmd'],
  ['SQL', 'sql', 'sql'],
  ['CSS', 'style', 'css scss sass less'],
  ['Protocol Buffers', 'typed', 'proto'],
  ['GraphQL', 'typed', 'graphql gql'],
  ['Makefile', 'shell', 'mk makefile gnumakefile'],
  ['CMake', 'shell', 'cmake'],
  ['Dockerfile', 'shell', 'dockerfile containerfile'],
  ['Terraform', 'typed', 'tf'],
  ['Zig', 'typed', 'zig'],
  ['Nim', 'typed', 'nim'],
];

const languageByEnding = new Map(
  table.flatMap(([name, family, endings]) =>
    endings.split(' ').map((ending) => [ending, { name, family }] as const),
  ),
);

/** By the extension, or by the whole name of a file without one. */
export const programLanguage = (fileName: string): ProgramLanguage | undefined => {
  const lower = fileName.toLowerCase();
  return languageByEnding.get(lower) ?? languageByEnding.get(lower.slice(lower.lastIndexOf('.') + 1));
};
