/** What narrows the list of documents, as conditions in SQL on the columns of `documents`; one for each, so that facets can leave one out. */
import type { SQLInputValue } from 'node:sqlite';
import { foldPath } from '../../../common/paths/fold-path.ts';
import type { Document, DocumentState } from '../../../contract/libraries.ts';
import { carriesAnyTag, type ManifestCondition } from '../document-values.ts';

export type DocumentFilter = {
  state?: DocumentState;
  kind?: NonNullable<Document['kind']>;
  /** ISO 639-1. */
  language?: string;
  /** Of the document's own date, else of that of its file. */
  year?: number;
  /** Documents that carry it, or one below it. */
  tag?: string;
  pathContains?: string;
};

export type SqlCondition = { sql: string; values: SQLInputValue[] };

/** A year as four digits. */
export const yearColumn =
  "strftime('%Y', coalesce(json_extract(facts, '$.date'), modified_at) / 1000, 'unixepoch')";

export function documentCondition(filter: DocumentFilter): SqlCondition {
  const parts: [string, SQLInputValue | undefined][] = [
    ['state = ?', filter.state],
    ['kind = ?', filter.kind],
    ['language = ?', filter.language],
    [`${yearColumn} = ?`, filter.year === undefined ? undefined : String(filter.year).padStart(4, '0')],
    ['instr(fold_path(path), ?) > 0', filter.pathContains ? foldPath(filter.pathContains) : undefined],
  ];
  const set = parts.filter((part): part is [string, SQLInputValue] => part[1] !== undefined);
  const conditions: ManifestCondition[] = set.map(([sql, value]) => ({ sql, values: [value] }));
  if (filter.tag) conditions.push(carriesAnyTag([filter.tag]));
  return {
    sql: conditions.length > 0 ? `WHERE ${conditions.map(({ sql }) => sql).join(' AND ')}` : '',
    values: conditions.flatMap(({ values }) => values),
  };
}
