/**
 * How many documents of a list there are of each state, kind, language, year and tag. What is set of a facet does not narrow that facet itself, so
 * that a person sees what the other choices would give.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { DocumentFacets } from '../../../contract/libraries.ts';
import { countTags } from '../tags/count-tags.ts';
import { type DocumentFilter, documentCondition, yearColumn } from './document-filter.ts';

const mostTags = 100;
const columns = { state: 'state', kind: 'kind', language: 'language', year: yearColumn } as const;

export function countFacets(database: DatabaseSync, filter: DocumentFilter): DocumentFacets {
  const count = (facet: keyof typeof columns) => {
    const { sql, values } = documentCondition({ ...filter, [facet]: undefined });
    // Years from the newest, the others from the most frequent.
    const order = facet === 'year' ? 'value DESC' : 'n DESC, value';
    return database
      .prepare(
        `SELECT ${columns[facet]} AS value, count(*) AS n FROM documents ${sql} GROUP BY value HAVING value IS NOT NULL ORDER BY ${order}`,
      )
      .all(...values)
      .map(({ value, n }) => ({ value: String(value), documents: Number(n) }));
  };
  const tags = countTags(database, documentCondition({ ...filter, tag: undefined }), mostTags);
  return {
    state: count('state'),
    kind: count('kind'),
    language: count('language'),
    year: count('year'),
    tag: tags.map(({ tag, documents }) => ({ value: tag, documents })),
  };
}
