/** Questions to begin with, made of what a person's own documents are called: no one knows yet what may be asked of them. */
import type { Document } from '../../src-main/contract/libraries.ts';

const MAX_EXAMPLES = 4;

/** Titles that say something: more than one word, and no name that a machine gave. At most four, from as many folders as there are. */
export function exampleQuestions(
  documents: readonly Pick<Document, 'title' | 'relativePath' | 'state'>[],
): string[] {
  const byFolder = new Map<string, string[]>();
  for (const { title, relativePath, state } of documents) {
    const asked = title.replace(/\.\w{1,5}$/, '').trim();
    if (state !== 'indexed' || !saysSomething(asked)) continue;
    const folder = relativePath.split('/').slice(0, -1).join('/');
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), asked]);
  }
  const rounds = Math.max(0, ...[...byFolder.values()].map((titles) => titles.length));
  const chosen = new Set<string>();
  for (let round = 0; round < rounds; round += 1) {
    for (const titles of byFolder.values()) if (titles[round]) chosen.add(titles[round]!);
  }
  return [...chosen].slice(0, MAX_EXAMPLES);
}

function saysSomething(title: string): boolean {
  const words = title.match(/\p{L}{2,}/gu) ?? [];
  const hasNoSpaces = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(title);
  return title.length <= 60 && !/[_\\/]|\d{4,}/.test(title) && (words.length >= 2 || hasNoSpaces);
}
