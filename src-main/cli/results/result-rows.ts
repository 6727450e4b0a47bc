/** What a search found as one row for each passage, and for each document without text: what every format for programs is made of. */
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { Hit, SearchResponse } from '../../contract/search.ts';
import { firstLines } from './first-lines.ts';

export type ResultRow = {
  query: string;
  /** Of the document, from 1: the number that `llara open` takes. */
  rank: number;
  score: number;
  /** Whether the document is likely to answer; null where that is not judged. */
  certain: boolean | null;
  title: string;
  path: string;
  page: number | null;
  heading: string;
  /** The sentence that answers best. */
  sentence: string | null;
  text: string;
  documentId: string;
  link: string;
};

export type RowOptions = { library: string; full: boolean; lines?: number | undefined };

export function resultRows(
  query: string,
  response: SearchResponse,
  { library, full, lines }: RowOptions,
): ResultRow[] {
  return response.groups.flatMap((group, index) => {
    const { document, certain = null, library: where = library } = group;
    const hits: readonly (Hit | null)[] = group.hits.length > 0 ? group.hits : [null];
    return hits.map((hit) => {
      const page = hit?.page ?? null;
      const sentence = hit?.sentence ? hit.text.slice(hit.sentence.start, hit.sentence.end).trim() : null;
      const shown = full || lines !== undefined ? hit?.text : hit?.snippet;
      return {
        query,
        rank: index + 1,
        score: hit?.score.fused ?? group.score,
        certain,
        title: document.title,
        path: document.path,
        page,
        heading: hit?.headingPath.join(' › ') ?? '',
        sentence,
        text: firstLines(shown ?? '', lines),
        documentId: document.id,
        link: formatDocumentLink({ library: where, documentId: document.id, page }),
      };
    });
  });
}
