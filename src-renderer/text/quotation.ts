/** A hit as one quotes it: its words, then where they are from. */
import type { Hit, SearchGroup } from '../../src-main/contract/search.ts';
import { strings } from '../strings.ts';
import { passageBody } from './hit-text.ts';

/** The sentence that answers, or the whole passage where there is none. */
export function quotation({ document }: Pick<SearchGroup, 'document'>, hit: Hit): string {
  const words = hit.sentence
    ? hit.text.slice(hit.sentence.start, hit.sentence.end)
    : passageBody(hit.text, [document.title, hit.headingPath.at(-1) ?? '']);
  const source = [
    document.title,
    hit.page === null ? (hit.headingPath.at(-1) ?? '') : strings.search.page(hit.page),
  ];
  const named = [...new Set(source)].filter((part) => part !== '').join(', ');
  return `“${words.replace(/\s+/g, ' ').trim()}”\n— ${named} (${document.relativePath})`;
}
