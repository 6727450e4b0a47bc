/**
 * The words inside names of programs: `parseHTTPHeader` holds parse, HTTP and header. They are given to the word index beside the
 * text, which keeps the whole name. Names with underscores or dashes are cut by the index itself.
 */

const maxWords = 200;

/** In order, none twice, none that the text holds as a word of its own. */
export const identifierWords = (text: string): string[] => {
  const plain = new Set<string>();
  const parts: string[] = [];
  for (const [name] of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const pieces = name.length <= 100 ? splitName(name) : [];
    if (pieces.length > 1) parts.push(...pieces);
    else plain.add(name.toLowerCase());
  }
  const found = new Map<string, string>();
  for (const part of parts) {
    const key = part.toLowerCase();
    if (part.length > 1 && !plain.has(key) && !found.has(key)) found.set(key, part);
  }
  return [...found.values()].slice(0, maxWords);
};

/** `parseHTTPHeader2` → parse, HTTP, Header2: a capital after a small letter begins a word, and so does the last capital before one. */
const splitName = (name: string): string[] =>
  name.split(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
