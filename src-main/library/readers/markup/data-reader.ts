/**
 * Reads data that people keep as text (JSON, JSON Lines, YAML, TOML) so that a value is found together with its name. A file that
 * does not parse is read as plain text: it may be a template, or have remarks where the format allows none.
 */
import { extname } from 'node:path';
import { parse as parseToml } from 'smol-toml';
import { parseAllDocuments } from 'yaml';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';

export const readData: Reader = async ({ bytes, fileName }) => {
  const source = decodeText(bytes);
  const builder = new DocumentBuilder();
  const parsed = parse(source, extname(fileName).toLowerCase());
  const values = parsed && isTooDeep(parsed) ? null : parsed;
  if (values === null) builder.addLines(source.split('\n').map((text) => ({ text })));
  for (const value of values ?? []) {
    builder.breakParagraph();
    addValue(builder, value, [], 1);
  }
  const title = values?.length === 1 && isTable(values[0]) ? values[0].title : undefined;
  return builder.finish({
    kind: 'data',
    facts: { title: typeof title === 'string' ? title : undefined },
    fileName,
    emptyReason: 'The file holds no values.',
  });
};

/** Null where the source is not what its name says. */
const parse = (source: string, extension: string): unknown[] | null => {
  try {
    if (extension === '.toml') return [parseToml(source)];
    if (extension === '.yaml' || extension === '.yml') {
      const documents = parseAllDocuments(source, { logLevel: 'silent' });
      if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return null;
      return documents.map((document) => document.toJS({ maxAliasCount: 100 }));
    }
    if (extension === '.jsonl' || extension === '.ndjson') {
      return source.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line)]));
    }
    return [JSON.parse(source)];
  } catch {
    return null;
  }
};

/** Tables within tables are headings down to this depth; deeper ones are named in the line. */
const maxHeadingLevel = 3;
const maxDepth = 200;

/** Walks level by level: a file of nothing but brackets would use up the stack. */
const isTooDeep = (values: readonly unknown[]): boolean => {
  let depth = 0;
  for (let inner = values; inner.length > 0; depth++) {
    if (depth > maxDepth) return true;
    inner = inner.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
};

/** `names` lead to the value from the heading above it. */
const addValue = (
  builder: DocumentBuilder,
  value: unknown,
  names: readonly string[],
  level: number,
): void => {
  if (Array.isArray(value)) {
    if (value.every(isScalar))
      addLine(
        builder,
        names,
        value
          .map(shown)
          .filter((text) => text !== '')
          .join(', '),
      );
    else {
      for (const item of value) {
        builder.breakParagraph();
        addValue(builder, item, names, maxHeadingLevel + 1);
      }
      builder.breakParagraph();
    }
  } else if (isTable(value)) {
    const entries = Object.entries(value);
    // What is said of the table itself comes before what is in it.
    for (const [name, inner] of entries.filter(([, inner]) => isShort(inner)))
      addValue(builder, inner, [...names, name], level);
    for (const [name, inner] of entries.filter(([, inner]) => !isShort(inner))) {
      if (level > maxHeadingLevel) addValue(builder, inner, [...names, name], level + 1);
      else {
        builder.startHeading(level);
        builder.addText(name);
        builder.endHeading();
        addValue(builder, inner, [], level + 1);
        builder.breakParagraph();
      }
    }
  } else addLine(builder, names, shown(value));
};

const addLine = (builder: DocumentBuilder, names: readonly string[], text: string): void => {
  if (text.trim() === '') return;
  builder.breakLine();
  builder.addText(names.length > 0 ? `${names.join('.')}: ` : '');
  if (text.includes('\n')) builder.addVerbatim(text);
  else builder.addText(text);
  builder.breakLine();
};

const isScalar = (value: unknown): boolean => !Array.isArray(value) && !isTable(value);

const isShort = (value: unknown): boolean =>
  isScalar(value) || (Array.isArray(value) && value.every(isScalar));

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value);
};
