/** What a search found as one row for each passage, and for each document without text: what every format for programs is made of. */
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { SearchResponse } from '../../contract/search.ts';
import { firstLines } from './first-lines.ts';

export type ResultRow = {
  query: string;
  /** Of the document, from 1: the number that `llara open` takes. */
  rank: number;
  score: number;
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
  return response.groups.flatMap(({ document, score, hits, library: where = library }, index) => {
    const rowOf = (page: number | null) => ({
      query,
      rank: index + 1,
      title: document.title,
      path: document.path,
      page,
      documentId: document.id,
      link: formatDocumentLink({ library: where, documentId: document.id, page }),
    });
    if (hits.length === 0) return [{ ...rowOf(null), score, heading: '', sentence: null, text: '' }];
    return hits.map((hit) => ({
      ...rowOf(hit.page),
      score: hit.score.fused,
      heading: hit.headingPath.join(' › '),
      sentence: hit.sentence && hit.text.slice(hit.sentence.start, hit.sentence.end).trim(),
      text: firstLines(full || lines !== undefined ? hit.text : hit.snippet, lines),
    }));
  });
}
