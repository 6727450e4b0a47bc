/**
 * Finds headings that only one document has. A heading that many share, such as "Introduction", is no question
 * about any of them: as a query it would call right answers wrong.
 */
import type { AdaptationChunk, AdaptationDocument } from '../adaptation-document.ts';
import { hasWords } from './shorten-query.ts';

const minHeadingWords = 2;
/** A heading this long may say enough without the document's title. */
const sufficientWords = 4;

export class TellingHeadings {
  readonly #owners = new Map<string, string | null>();

  constructor(documents: readonly AdaptationDocument[]) {
    for (const document of documents) {
      for (const chunk of document.chunks) {
        for (const heading of candidates(document, chunk)) {
          const key = heading.toLowerCase();
          const owner = this.#owners.get(key);
          this.#owners.set(
            key,
            owner === undefined || owner === document.documentId ? document.documentId : null,
          );
        }
      }
    }
  }

  /** The most specific heading above the passage, led by the title where it would say too little alone; null if nothing tells. */
  of(document: AdaptationDocument, chunk: AdaptationChunk): string | null {
    return (
      candidates(document, chunk).find(
        (heading) => this.#owners.get(heading.toLowerCase()) === document.documentId,
      ) ?? null
    );
  }
}

function candidates(document: AdaptationDocument, chunk: AdaptationChunk): string[] {
  const title = document.title.trim();
  const last = chunk.headingPath.at(-1)?.trim() || title;
  const alone = last === title || hasWords(last, sufficientWords) ? [last] : [];
  const joined = last === title ? [] : [`${title} ${last}`.trim()];
  return [...alone, ...joined].filter((heading) => hasWords(heading, minHeadingWords));
}
