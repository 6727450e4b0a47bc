/**
 * JSON as editors write it: with comments and commas at the end. A new entry stands last in its object; no other line changes but
 * for a comma, where jsonc-parser's own edits would lay the neighbours out anew.
 */
import {
  createScanner,
  findNodeAtLocation,
  type Node,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { asObject, type Notation } from './notation.ts';

const tolerant = { allowTrailingComma: true };

export const jsonNotation: Notation = {
  parse(text) {
    if (withoutMark(text).trim() === '') return {};
    const errors: ParseError[] = [];
    const value: unknown = parse(withoutMark(text), errors, tolerant);
    const [error] = errors;
    if (error) {
      const line = text.slice(0, error.offset).split('\n').length;
      throw new Error(`${printParseErrorCode(error.error)} in line ${line}`);
    }
    return asObject(value);
  },
  edit(text, [section, name], value) {
    const content = withoutMark(text);
    const mark = text.slice(0, text.length - content.length);
    const written = content.trim() === '' ? '{}\n' : content;
    const root = parseTree(written, [], tolerant)!;
    const object = findNodeAtLocation(root, [section]);
    if (value === null) return mark + (object ? withoutProperty(written, object, name) : written);
    const entry = findNodeAtLocation(root, [section, name]);
    if (entry)
      return mark + splice(written, entry.offset, entry.offset + entry.length, inLines(written, value, 2));
    if (object) return mark + withProperty(written, object, name, inLines(written, value, 2), 2);
    return mark + withProperty(written, root, section, inLines(written, { [name]: value }, 1), 1);
  },
};

/** Some editors put a byte order mark first. */
const withoutMark = (text: string) => text.replace(/^\uFEFF/, '');

const splice = (text: string, start: number, end: number, between: string) =>
  text.slice(0, start) + between + text.slice(end);

const lineEndOf = (text: string) => (text.includes('\r\n') ? '\r\n' : '\n');
const indentationOf = (text: string) => /\n([\t ]+)\S/.exec(text)?.[1] ?? '  ';

/** `value` laid out as the file is, at `depth`, without the first line's indentation. */
function inLines(text: string, value: unknown, depth: number): string {
  const indentation = indentationOf(text);
  return JSON.stringify(value, null, indentation).replaceAll(
    '\n',
    lineEndOf(text) + indentation.repeat(depth),
  );
}

function withProperty(text: string, object: Node, name: string, value: string, depth: number): string {
  const close = object.offset + object.length - 1;
  const end = text.slice(0, close).trimEnd().length;
  const lineEnd = lineEndOf(text);
  const indentation = indentationOf(text);
  const added = `${lineEnd}${indentation.repeat(depth)}${JSON.stringify(name)}: ${value}${lineEnd}${indentation.repeat(depth - 1)}`;
  const result = splice(text, end, close, added);
  const last = object.children?.at(-1);
  if (!last || commaAfter(text, last) !== null) return result;
  return splice(result, last.offset + last.length, last.offset + last.length, ',');
}

function withoutProperty(text: string, object: Node, name: string): string {
  const properties = object.children ?? [];
  const index = properties.findIndex(({ children }) => children?.[0]?.value === name);
  const property = properties[index];
  if (!property) return text;
  const previous = properties[index - 1];
  const comma = commaAfter(text, property);
  const end = comma === null ? property.offset + property.length : comma + 1;
  const start = text.slice(0, property.offset).trimEnd().length;
  const result = splice(text, start, end, '');
  if (!previous)
    return result.replace(/\{\s*\}/g, (braces, offset) => (offset === object.offset ? '{}' : braces));
  // The last one of an object takes the comma before it along.
  const before = comma === null ? commaAfter(text, previous) : null;
  return before === null ? result : splice(result, before, before + 1, '');
}

/** Offset of the comma that follows, past comments, or null. */
function commaAfter(text: string, node: Node): number | null {
  const scanner = createScanner(text, true);
  scanner.setPosition(node.offset + node.length);
  scanner.scan();
  return text[scanner.getTokenOffset()] === ',' ? scanner.getTokenOffset() : null;
}
