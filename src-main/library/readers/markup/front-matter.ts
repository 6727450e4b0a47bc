/** Splits the front matter off a text file: the lines of YAML, TOML or JSON before its text that say what it is. */
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { factDate, listedValues, type StatedFacts } from '../../extraction/document-facts.ts';

/** `facts` is empty, and `body` the whole source, where there is no front matter or none that can be read. */
export const splitFrontMatter = (source: string): { facts: StatedFacts; body: string } => {
  const match = /^(---|\+\+\+)[ \t]*\n([\s\S]*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|$)/.exec(source);
  if (!match) return { facts: {}, body: source };
  const stated = parseBlock(match[2] ?? '', match[1] === '+++');
  // Text between two rules is text; only a table of names and values is front matter.
  if (!stated) return { facts: {}, body: source };
  return { facts: factsOf(stated), body: source.slice(match[0].length) };
};

const parseBlock = (block: string, isToml: boolean): Record<string, unknown> | null => {
  try {
    const value: unknown = isToml
      ? parseToml(block)
      : parseYaml(block, { maxAliasCount: 50, logLevel: 'silent' });
    return isTable(value) ? value : null;
  } catch {
    // Damaged front matter is still no text that anybody looks for, as long as it is made of names and values.
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    const pairs = lines.map((line) => /^\s*([\w-]+)\s*[:=]\s*(.*)$/.exec(line));
    if (pairs[0] == null) return null;
    return Object.fromEntries(
      pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]?.replace(/^(["'])(.*)\1$/, '$2')]] : [])),
    );
  }
};

const factsOf = (stated: Record<string, unknown>): StatedFacts => {
  const byName = new Map(Object.entries(stated).map(([name, value]) => [name.toLowerCase(), value]));
  const first = (...names: string[]) => names.map((name) => byName.get(name)).find((value) => value != null);
  const text = (...names: string[]) => texts(first(...names)).join(', ') || undefined;
  return {
    title: text('title'),
    authors: texts(first('author', 'authors', 'by')).flatMap((line) => listedValues(line, /;/)),
    from: text('from'),
    to: text('to'),
    date: factDate(first('date', 'published', 'created', 'updated', 'lastmod')),
    tags: [
      ...texts(first('tags', 'tag')),
      ...texts(first('keywords')),
      ...texts(first('categories', 'category')),
    ].flatMap((line) => listedValues(line)),
    language: text('lang', 'language'),
  };
};

/** A single value, a list of them, or a list of tables with names in them (as authors often are). */
const texts = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (value instanceof Date) return [value.toISOString()];
  if (isTable(value)) return texts(value.name ?? value.title);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
};

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
