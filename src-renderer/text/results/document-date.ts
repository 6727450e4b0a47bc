/** The date that a document is listed and put in order by. */
import type { Document } from '../../../src-main/contract/libraries.ts';
import { formatDate } from '../format-date.ts';
import { pageLanguage } from '../page-language.ts';

type Dated = Pick<Document, 'modifiedAt' | 'facts'>;

const DAY_MS = 86_400_000;

/** Milliseconds since 1970. A document's own date says more than that of its file, which a copy or a download renews. */
export const documentDate = ({ facts, modifiedAt }: Dated): number => facts?.date ?? modifiedAt;

/** A date that is stated without a time is kept as midnight UTC, and is that day wherever the person is. */
export function formatDocumentDate(document: Dated, locale: string = pageLanguage): string {
  const isDay = document.facts?.date !== undefined && document.facts.date % DAY_MS === 0;
  return formatDate(documentDate(document), locale, isDay ? 'UTC' : undefined);
}
