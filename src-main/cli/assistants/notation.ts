/** What editing a configuration needs of a notation. */
export interface Notation {
  /** Plain data of a file's text; an empty file is an empty object. Throws where the text is damaged or no object. */
  parse(text: string): Record<string, unknown>;
  /** The text with `value` at the path, or without anything there where it is null. */
  edit(text: string, path: [section: string, name: string], value: Record<string, unknown> | null): string;
}

/** Throws where a file holds a list or a single value. */
export function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new Error('it holds no object');
}
