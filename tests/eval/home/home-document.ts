/** What a document of the made-up household is before it is written: its text, the facts in it and what is asked about them. */

export type Language = 'en' | 'de' | 'fr' | 'es' | 'zh';

/** What makes a question easy or hard; `docs/search.md` says what each means. */
export const questionKinds = [
  'words',
  'paraphrase',
  'identifier',
  'file-name',
  'person',
  'date',
  'typing-error',
  'language',
  'cross-language',
  'manual',
  'one-word',
  'cell',
  'attachment',
  'scan',
  'tag',
  'code',
  'mailbox',
  'unanswerable',
] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** The language is given where it is not the document's. */
export type Ask = readonly [kind: Exclude<QuestionKind, 'unanswerable'>, query: string, language?: Language];

/** A sentence that the writer puts into the document word for word, and the questions that it answers. */
export type Fact = { say: string; ask: readonly Ask[] };

export const fact = (say: string, ...ask: Ask[]): Fact => ({ say, ask });

/** `## heading`, `- list item`, `| cell | cell |`, or a paragraph. */
export type Part = string | Fact;

export type Attachment = { file: string; title: string; body: readonly Part[] };

export type Mail = {
  from: string;
  to: string;
  subject: string;
  /** ISO 8601 with a time, such as `2023-05-02T09:14`; taken as UTC. */
  sent: string;
  body: readonly Part[];
  /** Message ids of the thread before this one, oldest first. */
  references?: readonly string[];
  id?: string;
  attachments?: readonly Attachment[];
};

export type Sheet = { name: string; rows: readonly (readonly (string | number | Fact)[])[] };

/** A draft or copy of the document under another name, with other values where `change` says so. */
export type Variant = { file: string; change: readonly (readonly [from: string, to: string])[] };

/** Exactly one of `body`, `raw`, `sheets` and `mails` holds the text; the file's ending chooses the writer. */
export type HomeDocument = {
  /** Relative to the library's folder, with `/`. */
  file: string;
  /** Of the last change, `2023-05-02`. */
  date: string;
  language?: Language;
  /** How people would ask for it by its name. */
  named?: readonly string[];
  title?: string;
  author?: string;
  tags?: readonly string[];
  /** Questions that title, author or tags answer rather than the text; `say` is one of them. */
  about?: readonly Fact[];
  body?: readonly Part[];
  /** Lines of a file that is text already: source code, logs, calendars. */
  raw?: readonly Part[];
  sheets?: readonly Sheet[];
  /** One for a message, several for a mailbox. */
  mails?: readonly Mail[];
  /** The page is a picture of its text. */
  scanned?: boolean;
  /** PDF alone. */
  columns?: 1 | 2;
  /** No further paragraphs are added around what is asked for. */
  short?: boolean;
  variants?: readonly Variant[];
};

/** Documents about one matter; `genre` names the filler that surrounds their facts, English where no language is given. */
export type Topic = { genre: Genre; language?: Language; documents: readonly HomeDocument[] };

export type Genre = 'home' | 'letters' | 'office' | 'technical' | 'hobby' | 'research';

export const textOf = (part: Part | number): string =>
  typeof part === 'object' ? part.say : typeof part === 'number' ? String(part) : part;
