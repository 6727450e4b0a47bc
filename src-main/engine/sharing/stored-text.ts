/** What a reader of a shared library can show of a document: the store has its passages, the file is on the machine that writes. */
import { AppError } from '../../common/app-error.ts';
import type { DocumentText, Heading, PageSpan } from '../../contract/libraries.ts';
import type { ManifestDocument } from '../../library/manifest/manifest-document.ts';
import type { ChunkRow } from '../../store/chunk-row.ts';
import type { LibrarySession } from '../library-session.ts';

/**
 * The text as far as its passages have it, each where it stood; what lies between them, such as blank lines, is filled with spaces so that offsets
 * hold.
 */
export async function storedText(session: LibrarySession, document: ManifestDocument): Promise<DocumentText> {
  await session.refresh();
  const rows: ChunkRow[] = [];
  await session.vectors.read(async (set) => {
    for await (const some of set.readRows({ documentIds: [document.id] })) rows.push(...some);
  });
  rows.sort((a, b) => a.start - b.start);
  let text = '';
  for (const row of rows) {
    if (row.start > text.length) text += gap(row.start - text.length);
    text += row.text.slice(Math.max(0, text.length - row.start));
  }
  return {
    document: session.documents.shown(document),
    changedAt: null,
    text,
    pages: pagesOf(rows, text.length),
    headings: headingsOf(rows),
  };
}

export function fileIsElsewhere(session: LibrarySession, { path }: ManifestDocument): AppError {
  const writer = session.shared?.describe().writer ?? 'another machine';
  return new AppError(
    'read-only',
    `The file ${path} is on ${writer}. Here its text can be read, as far as it was indexed.`,
  );
}

/** A paragraph's end where there is room for one. */
const gap = (length: number): string => (length === 1 ? '\n' : `${' '.repeat(length - 2)}\n\n`);

function pagesOf(rows: readonly ChunkRow[], length: number): PageSpan[] {
  const pages: PageSpan[] = [];
  for (const { page, start } of rows) {
    if (page === null || pages.at(-1)?.page === page) continue;
    const last = pages.at(-1);
    if (last) last.end = start;
    pages.push({ page, start: pages.length === 0 ? 0 : start, end: length });
  }
  return pages;
}

function headingsOf(rows: readonly ChunkRow[]): Heading[] {
  const headings: Heading[] = [];
  let before: readonly string[] = [];
  for (const { headingPath, start } of rows) {
    for (const [depth, title] of headingPath.entries()) {
      const isNew = headingPath.slice(0, depth + 1).some((part, index) => before[index] !== part);
      if (isNew) headings.push({ level: depth + 1, title, start });
    }
    before = headingPath;
  }
  return headings;
}
