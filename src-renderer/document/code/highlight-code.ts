/**
 * What a word of a program is, by highlight.js: each grammar is loaded when the first program of its language is opened. It colours
 * characters and changes none, so that places in the text hold.
 */
import type { LanguageFn } from 'highlight.js';
import { type CodeToken, tokensOf } from './code-tokens.ts';

/** Beyond that, colours take longer than a person waits. */
const longestCharacters = 400_000;

type Grammar = () => Promise<{ default: LanguageFn }>;

const grammars: Record<string, Grammar> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  c: () => import('highlight.js/lib/languages/c'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  csharp: () => import('highlight.js/lib/languages/csharp'),
  css: () => import('highlight.js/lib/languages/css'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  lua: () => import('highlight.js/lib/languages/lua'),
  makefile: () => import('highlight.js/lib/languages/makefile'),
  perl: () => import('highlight.js/lib/languages/perl'),
  php: () => import('highlight.js/lib/languages/php'),
  powershell: () => import('highlight.js/lib/languages/powershell'),
  python: () => import('highlight.js/lib/languages/python'),
  r: () => import('highlight.js/lib/languages/r'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  scss: () => import('highlight.js/lib/languages/scss'),
  sql: () => import('highlight.js/lib/languages/sql'),
  swift: () => import('highlight.js/lib/languages/swift'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
};

const endings: Record<string, string> = {
  bash: 'sh bash zsh',
  c: 'c h',
  cpp: 'cc cpp cxx hh hpp hxx',
  csharp: 'cs',
  css: 'css',
  dockerfile: 'dockerfile containerfile',
  go: 'go',
  java: 'java',
  javascript: 'js jsx mjs cjs',
  kotlin: 'kt kts',
  lua: 'lua',
  makefile: 'mk makefile gnumakefile',
  perl: 'pl pm',
  php: 'php',
  powershell: 'ps1 psm1',
  python: 'py pyi pyw',
  r: 'r',
  ruby: 'rb rake gemfile rakefile',
  rust: 'rs',
  scss: 'scss',
  sql: 'sql',
  swift: 'swift',
  typescript: 'ts tsx mts cts',
};

const languageByEnding = new Map(
  Object.entries(endings).flatMap(([language, list]) => list.split(' ').map((ending) => [ending, language])),
);

/** In order, without gaps being filled; none for a language that is not known here. */
export async function highlightCode(text: string, fileName: string): Promise<CodeToken[]> {
  const name = fileName.toLowerCase();
  const language = languageByEnding.get(name.slice(name.lastIndexOf('.') + 1));
  if (!language || text.length > longestCharacters) return [];
  const [{ default: highlighter }, { default: grammar }] = await Promise.all([
    import('highlight.js/lib/core'),
    grammars[language]!(),
  ]);
  if (!highlighter.getLanguage(language)) highlighter.registerLanguage(language, grammar);
  return tokensOf(highlighter.highlight(text, { language, ignoreIllegals: true }).value);
}
