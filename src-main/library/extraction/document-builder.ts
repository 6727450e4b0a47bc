/**
 * Gathers text, headings and pages into an extracted document, so that every reader spells white space alike: one
 * newline between lines, an empty line between paragraphs. It knows no file format.
 */
import type { DocumentKind, Heading, PageSpan } from '../../contract/libraries.ts';
import { chooseTitle } from './choose-title.ts';
import { type StatedFacts, tidyFacts } from './document-facts.ts';
import type { Attachment, ExtractionOutcome } from './extracted-document.ts';

export type FinishOptions = {
  kind: DocumentKind;
  fileName: string;
  /** Said when there is no text at all. */
  emptyReason: string;
  /** What the file states about itself, its title included. */
  facts?: StatedFacts | undefined;
  /** Settled by the format itself, where neither the file's statements nor its headings are to name it. */
  title?: string;
  keywords?: readonly string[];
  attachments?: Attachment[];
};

export class DocumentBuilder {
  #parts: string[] = [];
  #length = 0;
  /** Newlines owed before the next text: 0, 1 or 2. Owed white space at the end is never written. */
  #owedNewlines = 0;
  #owedSpace = false;
  #headings: Heading[] = [];
  #pages: PageSpan[] = [];
  #openHeading: { level: number; parts: string[]; start: number } | null = null;

  /** Adds running text; white space collapses to single spaces. */
  addText(text: string): void {
    const collapsed = clean(text).replace(/[\s\u00a0]+/g, ' ');
    if (collapsed === '') return;
    const startsWithSpace = collapsed.startsWith(' ');
    const endsWithSpace = collapsed.endsWith(' ');
    const words = collapsed.trim();
    if (startsWithSpace) this.#owedSpace = true;
    if (words === '') return;
    this.#write(words);
    if (endsWithSpace) this.#owedSpace = true;
  }

  /** Adds text whose white space has a meaning (code, plain text, table rows). */
  addVerbatim(text: string): void {
    const verbatim = clean(text);
    if (verbatim.trim() === '') return;
    this.#write(verbatim.trimEnd());
  }

  /** Adds lines whose white space has a meaning, some of which begin a part that has a heading of its own (a function, say). */
  addLines(lines: readonly { text: string; heading?: { level: number; title: string } }[]): void {
    this.breakParagraph();
    for (const { text, heading } of lines) {
      const shown = clean(text).trimEnd();
      // An empty line is only owed, so that none is left at the end.
      if (shown === '') this.breakParagraph();
      else {
        if (heading)
          this.#headings.push({
            ...heading,
            start: this.#length + (this.#length === 0 ? 0 : this.#owedNewlines),
          });
        this.#write(shown);
        this.breakLine();
      }
    }
    this.breakParagraph();
  }

  breakLine(): void {
    this.#owedNewlines = Math.max(this.#owedNewlines, 1);
  }

  breakParagraph(): void {
    this.#owedNewlines = 2;
  }

  /** Text added until `endHeading` is the heading's title. */
  startHeading(level: number): void {
    this.endHeading();
    this.breakParagraph();
    this.#openHeading = { level, parts: [], start: -1 };
  }

  endHeading(): void {
    const heading = this.#openHeading;
    if (!heading) return;
    this.#openHeading = null;
    this.breakParagraph();
    const title = heading.parts.join('').replace(/\s+/g, ' ').trim();
    if (title !== '') this.#headings.push({ level: heading.level, title, start: heading.start });
  }

  /** Notes a heading that begins where the next text will begin, such as an outline entry for a whole page. */
  noteHeading(level: number, title: string): void {
    this.breakParagraph();
    const start = this.#length === 0 ? 0 : this.#length + this.#owedNewlines;
    this.#headings.push({ level, title, start });
  }

  /**
   * Pages cover the text without gaps: a page starts where the one before it ends. `glue` stands between the two where a
   * sentence, or a word, goes on from one to the other; else a paragraph ends there.
   */
  startPage(page: number, glue: '' | ' ' | null = null): void {
    this.endHeading();
    if (glue === null) this.breakParagraph();
    else if (glue === ' ') this.#owedSpace = true;
    const last = this.#pages.at(-1);
    const owed = this.#owedNewlines > 0 ? this.#owedNewlines : Number(this.#owedSpace);
    const start = last === undefined || this.#length === 0 ? 0 : this.#length + owed;
    if (last) last.end = start;
    this.#pages.push({ page, start, end: start });
  }

  get length(): number {
    return this.#length;
  }

  get hasText(): boolean {
    return this.#parts.some((part) => part.trim() !== '');
  }

  finish(options: FinishOptions): ExtractionOutcome {
    this.endHeading();
    if (!this.hasText) return { state: 'empty', reason: options.emptyReason };
    const text = this.#parts.join('');
    for (const page of this.#pages) {
      page.start = Math.min(page.start, text.length);
      page.end = Math.min(page.end, text.length);
    }
    const lastPage = this.#pages.at(-1);
    if (lastPage) lastPage.end = text.length;
    const headings = this.#headings.filter((heading) => heading.start < text.length);
    const facts = tidyFacts(options.facts ?? {});
    const title = options.title ?? chooseTitle(facts?.title, headings[0]?.title, options.fileName);
    const { kind, keywords = [], attachments = [] } = options;
    return {
      state: 'indexed',
      document: {
        kind,
        title,
        text,
        pages: this.#pages,
        headings,
        ...(facts ? { facts } : {}),
        ...(keywords.length > 0 ? { keywords: [...keywords] } : {}),
      },
      ...(attachments.length > 0 ? { attachments } : {}),
    };
  }

  #write(text: string): void {
    let glue = '';
    if (this.#length > 0) {
      if (this.#owedNewlines > 0) glue = '\n'.repeat(this.#owedNewlines);
      else if (this.#owedSpace) glue = ' ';
    }
    this.#owedNewlines = 0;
    this.#owedSpace = false;
    const heading = this.#openHeading;
    if (heading) {
      if (heading.start < 0) heading.start = this.#length + glue.length;
      heading.parts.push(glue === '' ? '' : ' ', text);
    }
    this.#parts.push(glue, text);
    this.#length += glue.length + text.length;
  }
}

/** Control characters and lone surrogates have no place in text that is indexed, shown and handed to native code. */
const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g, '');
