/** What a search found as one row for each passage: what every format for programs is made of. */
import { formatDocumentLink } from '../../common/links/document-link.ts';
import type { SearchResponse } from '../../contract/search.ts';
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
  return response.groups.flatMap(({ document, hits, certain = null, library: where = library }, index) =>
    hits.map((hit) => ({
      query,
      rank: index + 1,
      score: hit.score.fused,
      certain,
      title: document.title,
      path: document.path,
      page: hit.page,
      heading: hit.headingPath.join(' › '),
      sentence: hit.sentence && hit.text.slice(hit.sentence.start, hit.sentence.end).trim(),
      text: firstLines(full || lines !== undefined ? hit.text : hit.snippet, lines),
      documentId: document.id,
      link: formatDocumentLink({ library: where, documentId: document.id, page: hit.page }),
    })),
  );
}
