/**
 * The table of formats: one row for each kind of document that is read. What a file's name says, what `type:` may ask for, what
 * the system's programs may open, and how the page shows a document all follow from it. How a kind is read stands in the
 * readers' table; CONTRIBUTING.md tells how to add one.
 */

/** How the page shows a document: from its bytes (`pdf`, `picture`, `html`, `markdown`), else by its extracted text. */
export type Viewer = 'pdf' | 'picture' | 'html' | 'markdown' | 'text' | 'code' | 'table' | 'mail';

type Format = {
  kind: string;
  /** Name for a person. */
  label: string;
  /** Without the dot, in small letters. */
  extensions: readonly string[];
  /** Whole file names, in small letters, of files without an extension. */
  fileNames?: readonly string[];
  /** What `type:` takes besides the kind; several rows may share one, which then means all of them. */
  aliases: readonly string[];
  /** Media types by which an attachment without a telling name is known; the first one is the usual one. */
  mediaTypes: readonly string[];
  viewer: Viewer;
  /** Whether the system's program may be asked to open it. False for what such a program might run. */
  mayOpen: boolean;
  /** Extensions that are read and never opened, since a program in them (a macro) might be run. */
  neverOpened?: readonly string[];
  /** Its reader says better than a look at the bytes what is wrong with a damaged file. */
  isBinary?: boolean;
  /** Names such as `parseHTTPHeader` are found by their parts too. */
  hasIdentifiers?: boolean;
};

const rows = [
  {
    kind: 'pdf',
    label: 'PDF',
    extensions: ['pdf'],
    aliases: [],
    mediaTypes: ['application/pdf'],
    viewer: 'pdf',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'markdown',
    label: 'Markdown',
    extensions: ['md', 'markdown', 'mdown', 'mkd', 'mdx'],
    aliases: ['md'],
    mediaTypes: ['text/markdown'],
    viewer: 'markdown',
    mayOpen: true,
  },
  {
    kind: 'text',
    label: 'Text',
    extensions: ['txt', 'text', 'log'],
    aliases: ['txt', 'log'],
    mediaTypes: ['text/plain'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'html',
    label: 'Web page',
    extensions: ['html', 'htm', 'xhtml'],
    aliases: ['htm', 'web'],
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    viewer: 'html',
    mayOpen: true,
  },
  {
    kind: 'docx',
    label: 'Word',
    extensions: ['docx', 'docm', 'dotx'],
    aliases: ['word', 'doc'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    viewer: 'text',
    mayOpen: true,
    neverOpened: ['docm'],
    isBinary: true,
  },
  {
    kind: 'odt',
    label: 'OpenDocument',
    extensions: ['odt', 'ott'],
    aliases: [],
    mediaTypes: ['application/vnd.oasis.opendocument.text'],
    viewer: 'text',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'rtf',
    label: 'Rich text',
    extensions: ['rtf'],
    aliases: [],
    mediaTypes: ['application/rtf', 'text/rtf'],
    viewer: 'text',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'pptx',
    label: 'Slides',
    extensions: ['pptx', 'pptm', 'ppsx'],
    aliases: ['slides', 'ppt'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.presentationml.presentation'],
    viewer: 'text',
    mayOpen: true,
    neverOpened: ['pptm'],
    isBinary: true,
  },
  {
    kind: 'odp',
    label: 'OpenDocument slides',
    extensions: ['odp', 'otp'],
    aliases: ['slides'],
    mediaTypes: ['application/vnd.oasis.opendocument.presentation'],
    viewer: 'text',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'xlsx',
    label: 'Excel',
    extensions: ['xlsx', 'xlsm', 'xltx'],
    aliases: ['excel', 'sheet', 'spreadsheet', 'table'],
    mediaTypes: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    viewer: 'table',
    mayOpen: true,
    neverOpened: ['xlsm'],
    isBinary: true,
  },
  {
    kind: 'ods',
    label: 'OpenDocument spreadsheet',
    extensions: ['ods', 'ots'],
    aliases: ['sheet', 'spreadsheet', 'table'],
    mediaTypes: ['application/vnd.oasis.opendocument.spreadsheet'],
    viewer: 'table',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'csv',
    label: 'Table of text',
    extensions: ['csv', 'tsv', 'tab'],
    aliases: ['tsv', 'sheet', 'spreadsheet', 'table'],
    mediaTypes: ['text/csv', 'text/tab-separated-values'],
    viewer: 'table',
    mayOpen: true,
  },
  {
    kind: 'epub',
    label: 'E-book',
    extensions: ['epub'],
    aliases: ['ebook'],
    mediaTypes: ['application/epub+zip'],
    viewer: 'text',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'picture',
    label: 'Picture',
    extensions: ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff'],
    aliases: ['image', 'photo', 'png', 'jpg'],
    mediaTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff'],
    viewer: 'picture',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'email',
    label: 'E-mail',
    extensions: ['eml'],
    aliases: ['eml', 'mail'],
    mediaTypes: ['message/rfc822'],
    viewer: 'mail',
    mayOpen: true,
  },
  {
    kind: 'mailbox',
    label: 'Mailbox',
    extensions: ['mbox', 'mbx'],
    aliases: ['mbox', 'mail'],
    mediaTypes: ['application/mbox'],
    viewer: 'text',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'outlook',
    label: 'Outlook message',
    extensions: ['msg'],
    aliases: ['msg', 'mail'],
    mediaTypes: ['application/vnd.ms-outlook'],
    viewer: 'mail',
    mayOpen: true,
    isBinary: true,
  },
  {
    kind: 'calendar',
    label: 'Calendar',
    extensions: ['ics', 'ical', 'ifb'],
    aliases: ['ics', 'events'],
    mediaTypes: ['text/calendar'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'contacts',
    label: 'Contacts',
    extensions: ['vcf', 'vcard'],
    aliases: ['vcf', 'people'],
    mediaTypes: ['text/vcard', 'text/x-vcard'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'subtitles',
    label: 'Subtitles',
    extensions: ['srt', 'vtt'],
    aliases: ['srt', 'vtt'],
    mediaTypes: ['application/x-subrip', 'text/vtt'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'org',
    label: 'Org',
    extensions: ['org'],
    aliases: ['markup'],
    mediaTypes: ['text/org'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'rst',
    label: 'reStructuredText',
    extensions: ['rst', 'rest'],
    aliases: ['markup'],
    mediaTypes: ['text/x-rst'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'asciidoc',
    label: 'AsciiDoc',
    extensions: ['adoc', 'asciidoc', 'asc'],
    aliases: ['adoc', 'markup'],
    mediaTypes: ['text/asciidoc'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'latex',
    label: 'LaTeX',
    extensions: ['tex', 'latex', 'ltx'],
    aliases: ['tex', 'markup'],
    mediaTypes: ['application/x-tex', 'text/x-tex'],
    viewer: 'text',
    mayOpen: true,
  },
  {
    kind: 'notebook',
    label: 'Notebook',
    extensions: ['ipynb'],
    aliases: ['ipynb', 'jupyter'],
    mediaTypes: ['application/x-ipynb+json'],
    viewer: 'code',
    mayOpen: true,
    hasIdentifiers: true,
  },
  {
    kind: 'data',
    label: 'Data',
    extensions: ['json', 'jsonl', 'ndjson', 'yaml', 'yml', 'toml'],
    aliases: ['json', 'yaml', 'toml'],
    mediaTypes: ['application/json', 'application/yaml', 'application/toml'],
    viewer: 'text',
    mayOpen: true,
    hasIdentifiers: true,
  },
  {
    kind: 'xml',
    label: 'XML',
    extensions: ['xml', 'rss', 'atom', 'opml'],
    aliases: [],
    mediaTypes: ['application/xml', 'text/xml'],
    viewer: 'text',
    mayOpen: true,
    hasIdentifiers: true,
  },
  {
    kind: 'code',
    label: 'Program',
    extensions: [
      ...[
        'ts',
        'tsx',
        'mts',
        'cts',
        'js',
        'jsx',
        'mjs',
        'cjs',
        'svelte',
        'vue',
        'py',
        'pyi',
        'pyw',
        'rb',
        'rake',
      ],
      ...[
        'go',
        'rs',
        'java',
        'kt',
        'kts',
        'scala',
        'groovy',
        'gradle',
        'swift',
        'dart',
        'php',
        'c',
        'h',
        'cc',
        'cpp',
      ],
      ...[
        'cxx',
        'hh',
        'hpp',
        'hxx',
        'cs',
        'm',
        'mm',
        'lua',
        'pl',
        'pm',
        'r',
        'jl',
        'ex',
        'exs',
        'hs',
        'ml',
        'mli',
      ],
      ...[
        'clj',
        'cljs',
        'el',
        'lisp',
        'sh',
        'bash',
        'zsh',
        'fish',
        'ps1',
        'psm1',
        'bat',
        'cmd',
        'sql',
        'css',
        'scss',
      ],
      ...['sass', 'less', 'proto', 'graphql', 'gql', 'mk', 'cmake', 'tf', 'zig', 'nim'],
    ],
    fileNames: ['makefile', 'gnumakefile', 'dockerfile', 'containerfile', 'rakefile', 'gemfile'],
    aliases: ['source', 'program'],
    mediaTypes: ['text/x-source'],
    viewer: 'code',
    mayOpen: false,
    hasIdentifiers: true,
  },
] as const satisfies readonly Format[];

export type DocumentKind = (typeof rows)[number]['kind'];

export const formats: readonly (Format & { kind: DocumentKind })[] = rows;

export const documentKinds = rows.map(({ kind }) => kind);

const formatByKind = new Map<string, Format>(formats.map((format) => [format.kind, format]));

export const formatOf = (kind: DocumentKind): Format => formatByKind.get(kind)!;

/** The kinds that a person's `type:` value means, by kind or alias; empty where it means none. */
export const kindsNamed = (name: string): DocumentKind[] => {
  const wanted = name.toLowerCase();
  return formats
    .filter(({ kind, aliases }) => kind === wanted || aliases.includes(wanted))
    .map(({ kind }) => kind);
};

/** How the page shows documents of a kind; text where the kind is not known. */
export const viewerOf = (kind: DocumentKind | null): Viewer => (kind ? formatOf(kind).viewer : 'text');
