/** The date that searches narrow a document by: it is as old as it says, whenever its file was saved. */
import { viewerOf } from '../../contract/formats.ts';
import type { Document } from '../../contract/libraries.ts';

const dayMs = 86_400_000;

/** Milliseconds since 1970. */
export function documentDate({
  kind,
  facts,
  modifiedAt,
}: Pick<Document, 'kind' | 'facts' | 'modifiedAt'>): number {
  const own = facts?.date;
  if (own === undefined) return modifiedAt;
  // A message states the moment it was sent. Others may state a day, which is kept as midnight UTC and is meant as that day here.
  return viewerOf(kind) !== 'mail' && own % dayMs === 0 ? localMidnight(own) : own;
}

function localMidnight(utcMidnight: number): number {
  const day = new Date(utcMidnight);
  const local = new Date(0);
  local.setFullYear(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
  return local.setHours(0, 0, 0, 0);
}
