/** What the last search in a terminal found, so that `llara open 3` knows which one is meant. It is only ever a convenience. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { replaceFile } from '../../common/replace-file.ts';
import { documentKindSchema } from '../../contract/libraries.ts';
import type { SearchResponse } from '../../contract/search.ts';

const foundSchema = z.object({
  /** The file to open: of an attachment, the one that holds it. */
  path: z.string(),
  kind: documentKindSchema.nullable(),
  page: z.number().nullable(),
});
const lastSearchSchema = z.object({ query: z.string(), found: z.array(foundSchema) });

export type FoundFile = z.infer<typeof foundSchema>;

const fileOf = (home: string) => join(home, 'last-search.json');

export async function rememberSearch(home: string, query: string, { groups }: SearchResponse): Promise<void> {
  if (groups.length === 0 || !existsSync(home)) return;
  const found = groups.map(
    ({ document, hits }): FoundFile => ({
      path: document.container?.path ?? document.path,
      kind: document.container ? null : document.kind,
      page: hits[0]?.page ?? null,
    }),
  );
  try {
    await replaceFile(fileOf(home), JSON.stringify({ query, found }), 0o600);
  } catch {
    // A full disk must not hide an answer that is there.
  }
}

/** The document of that number, from 1. Throws `not-found`. */
export function foundFile(home: string, number: number): FoundFile {
  const found = read(home);
  const file = found[number - 1];
  if (file) return file;
  const message =
    found.length === 0
      ? 'There was no search yet that found something. Search first: llara search QUERY'
      : `The last search found ${found.length === 1 ? 'one document' : `${found.length} documents`}; there is no number ${number}.`;
  throw new AppError('not-found', message);
}

function read(home: string): FoundFile[] {
  try {
    return lastSearchSchema.parse(JSON.parse(readFileSync(fileOf(home), 'utf8'))).found;
  } catch {
    return []; // Missing or damaged is the same: there is nothing to open.
  }
}
