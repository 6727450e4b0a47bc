/** Puts the text that was recognised on a document's pages where these pages are in its text; headings and pages move along. */
import type { ExtractedDocument, ExtractionOutcome } from '../extraction/extracted-document.ts';
import type { StoredPage } from './recognised-pages.ts';

/** What the document is with the pages that are done; `pageOf` knows them by number. Other outcomes stay as they are. */
export const withRecognised = (
  outcome: ExtractionOutcome,
  pageOf: (page: number) => StoredPage | undefined,
): ExtractionOutcome => {
  if (outcome.state !== 'scan' && outcome.state !== 'indexed') return outcome;
  const waiting = outcome.document.waitingPages ?? [];
  const done = new Map<number, StoredPage>();
  for (const page of waiting) {
    const stored = pageOf(page);
    if (stored) done.set(page, stored);
  }
  if (done.size === 0) return outcome;
  const document = mergePages(outcome.document, done);
  if (document.text.trim() !== '') return { ...outcome, state: 'indexed', document };
  if (document.waitingPages) return { state: 'scan', reason: reasonOf(outcome), document };
  const failures = [...done.values()].flatMap((page) => ('failure' in page ? [page.failure] : []));
  return failures.length === done.size
    ? { state: 'failed', reason: failures[0]! }
    : { state: 'empty', reason: 'Text recognition found no text in it.' };
};

const reasonOf = (outcome: ExtractionOutcome): string =>
  'reason' in outcome ? outcome.reason : 'Text recognition has not read it yet.';

const mergePages = (
  document: ExtractedDocument,
  done: ReadonlyMap<number, StoredPage>,
): ExtractedDocument => {
  const pages: ExtractedDocument['pages'] = [];
  const headings: ExtractedDocument['headings'] = [];
  let text = '';
  let isParted = true;
  /** Ends the paragraph; the space belongs to the page before. */
  const part = () => {
    text = text.trimEnd();
    if (text !== '') text += '\n\n';
    const last = pages.at(-1);
    if (last) last.end = text.length;
    isParted = true;
  };
  for (const span of document.pages) {
    const own = document.text.slice(span.start, span.end);
    const recognised = textOf(done.get(span.page));
    if (recognised !== '' && !isParted) part();
    const start = text.length;
    pages.push({ page: span.page, start, end: start });
    for (const heading of document.headings) {
      if (heading.start >= span.start && heading.start < span.end)
        headings.push({ ...heading, start: start + heading.start - span.start });
    }
    text += own;
    if (recognised !== '') {
      part();
      text += `${recognised}\n\n`;
    }
    isParted = recognised !== '' || text === '';
    pages.at(-1)!.end = text.length;
  }
  text = text.trimEnd();
  for (const page of pages) {
    page.start = Math.min(page.start, text.length);
    page.end = Math.min(page.end, text.length);
  }
  const { waitingPages = [], ...rest } = document;
  const stillWaiting = waitingPages.filter((page) => !done.has(page));
  return {
    ...rest,
    text,
    // A picture by itself has no pages that a person would count.
    pages: document.kind === 'picture' && pages.length === 1 ? [] : pages,
    headings: headings.filter(({ start }) => start < text.length),
    recognisedPages: [...(document.recognisedPages ?? []), ...textPages(done)],
    ...(stillWaiting.length > 0 ? { waitingPages: stillWaiting } : {}),
  };
};

const textOf = (stored: StoredPage | undefined): string =>
  stored && 'page' in stored ? stored.page.text.trim() : '';

const textPages = (done: ReadonlyMap<number, StoredPage>): number[] =>
  [...done].filter(([, stored]) => textOf(stored) !== '').map(([number]) => number);
