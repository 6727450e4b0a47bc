/**
 * The document on screen: its extracted text, its bytes where a view needs them, and the passages to step through.
 * Opening another document gives up on the one before.
 */
import { type DocumentKind, type Viewer, viewerOf } from '../../src-main/contract/formats.ts';
import type { Document, DocumentText } from '../../src-main/contract/libraries.ts';
import type { RecognisedWords } from '../../src-main/contract/recognition/recognition.ts';
import type { Hit, TextRange } from '../../src-main/contract/search.ts';
import { type Failure, failureOf, wasAborted } from '../bridge/failure.ts';
import { findInText } from '../document/find-in-text.ts';
import type { Engine } from './engine.svelte.ts';
import type { Search } from './search.svelte.ts';

export interface Passage {
  readonly range: TextRange;
  /** 1-based; null where the format has no pages. */
  readonly page: number | null;
  readonly text: string;
  /** The sentence of `text` that answers, or null. */
  readonly sentence: string | null;
  /** Where the sentence begins in the document's text, where that is known. */
  readonly sentenceStart?: number;
  readonly matchedWords: readonly string[];
  readonly headingPath: readonly string[];
}

const CONTEXT_CHARACTERS = 60;

const viewersOfBytes: readonly Viewer[] = ['pdf', 'picture', 'markdown', 'html'];

export class OpenDocument {
  /** Where the document is. */
  library = $state('');
  content = $state.raw<DocumentText | null>(null);
  /** Null where the document is shown by its text alone, or where its file cannot be read any more. */
  bytes = $state.raw<Blob | null>(null);
  /** Why there are no bytes although the document would be shown from them. */
  bytesFailure = $state.raw<Failure | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Whether a reader could not show the bytes, so that the text stands in. */
  drawFailed = $state(false);
  passages = $state.raw<readonly Passage[]>([]);
  index = $state(0);
  readonly passage = $derived<Passage | null>(this.passages[this.index] ?? null);

  /** How many places hold what is looked for in the document; the passages are those places meanwhile. */
  found = $state(0);
  #beforeFind: { passages: readonly Passage[]; index: number } | null = null;

  readonly #engine: Engine;
  readonly #search: Search;
  readonly #library: () => string;
  #loading: AbortController | null = null;

  constructor(engine: Engine, search: Search, library: () => string) {
    this.#engine = engine;
    this.#search = search;
    this.#library = library;
  }

  /** Shows a document at a range of its text, or at its start. Failures are kept for the view to show. */
  async open(documentId: string, range: TextRange | null): Promise<void> {
    if (this.content?.document.id === documentId && !this.failure) {
      this.#takePassages(documentId, range, this.content);
      return;
    }
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.content = null;
    this.bytes = null;
    this.bytesFailure = null;
    this.failure = null;
    this.drawFailed = false;
    this.#beforeFind = null;
    this.found = 0;
    this.passages = [];
    const hit = this.#search.hits.find(({ group }) => group.document.id === documentId);
    // A question may have been asked of other libraries.
    const input = { library: hit?.group.library ?? this.#library(), documentId };
    this.library = input.library;
    try {
      const early = needsBytes(hit?.group.document.kind ?? null)
        ? this.#engine.client.documents.bytes(input, { signal: loading.signal })
        : null;
      // Awaited below; a failure meanwhile must not count as unhandled.
      early?.catch(() => undefined);
      const content = await this.#engine.client.documents.text(input, { signal: loading.signal });
      if (needsBytes(content.document.kind)) {
        try {
          const bytes = await (early ??
            this.#engine.client.documents.bytes(input, { signal: loading.signal }));
          if (this.#loading === loading) this.bytes = bytes;
        } catch (error) {
          // The text was read when the file was there, and still answers.
          if (this.#loading === loading) this.bytesFailure = failureOf(error);
        }
      }
      if (this.#loading !== loading) return;
      this.#takePassages(documentId, range, content);
      this.content = content;
    } catch (error) {
      if (this.#loading !== loading || wasAborted(error, loading.signal)) return;
      this.failure = failureOf(error);
    }
  }

  /** What the library says of the document has changed, and its text has not. */
  describeAnew(document: Document): void {
    if (this.content?.document.id === document.id) this.content = { ...this.content, document };
  }

  /** Where the words of a page stand whose text was recognised. */
  async wordsOf(page: number): Promise<RecognisedWords> {
    const documentId = this.content!.document.id;
    return await this.#engine.client.documents.words({ library: this.library, documentId, page });
  }

  /** To the next passage or the one before, round and round. */
  step(by: 1 | -1): void {
    const count = this.passages.length;
    if (count > 0) this.index = (this.index + by + count) % count;
  }

  /** Makes the places where `typed` stands the passages to step through; an empty text brings the former ones back. */
  find(typed: string): void {
    const { content } = this;
    if (!content) return;
    this.#beforeFind ??= { passages: this.passages, index: this.index };
    const ranges = findInText(content.text, typed);
    this.found = ranges.length;
    if (typed.trim() === '') {
      ({ passages: this.passages, index: this.index } = this.#beforeFind);
      this.#beforeFind = null;
      return;
    }
    this.passages = ranges.map((range) => placeOf(range, content));
    this.index = 0;
  }

  /** Goes to a place of the text that no search has found, such as a heading. */
  goTo(range: TextRange): void {
    if (this.content) {
      this.passages = [passageOfRange(range, this.content)];
      this.index = 0;
    }
  }

  #takePassages(documentId: string, range: TextRange | null, content: DocumentText): void {
    const hits = this.#search.hits
      .filter(({ group }) => group.document.id === documentId)
      .map(({ hit }) => passageOfHit(hit))
      .sort((a, b) => a.range.start - b.range.start);
    const at = range
      ? hits.findIndex((hit) => hit.range.start === range.start && hit.range.end === range.end)
      : 0;
    if (range && at < 0) {
      this.passages = [passageOfRange(range, content)];
      this.index = 0;
      return;
    }
    this.passages = range ? hits : [];
    this.index = Math.max(0, at);
  }
}

function needsBytes(kind: DocumentKind | null): boolean {
  return viewersOfBytes.includes(viewerOf(kind));
}

function passageOfHit(hit: Hit): Passage {
  const { range, page, text, matchedWords, headingPath } = hit;
  const sentence = hit.sentence ? text.slice(hit.sentence.start, hit.sentence.end) : null;
  return { range, page, text, sentence, matchedWords, headingPath };
}

/** A place with a little of what stands around it, by which a reader tells it from the same words elsewhere. */
function placeOf({ start, end }: TextRange, content: DocumentText): Passage {
  const page = content.pages.find((span) => start >= span.start && start < span.end);
  const from = Math.max(page?.start ?? 0, start - CONTEXT_CHARACTERS);
  const to = Math.min(page?.end ?? content.text.length, end + CONTEXT_CHARACTERS);
  const sentence = content.text.slice(start, end);
  return { ...passageOfRange({ start: from, end: to }, content), sentence, sentenceStart: start };
}

function passageOfRange(range: TextRange, content: DocumentText): Passage {
  const page =
    content.pages.find((span) => range.start >= span.start && range.start < span.end)?.page ?? null;
  const text = content.text.slice(range.start, range.end);
  return { range, page, text, sentence: null, matchedWords: [], headingPath: [] };
}
