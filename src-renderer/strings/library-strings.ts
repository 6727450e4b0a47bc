/** The page's sentences about libraries, their folders and their documents. */
import { formatNumber } from '../text/format-number.ts';
import { count } from './counting.ts';

export const library = {
  title: 'Library',
  add: 'Add folder',
  addFile: 'Add file',
  foldersTitle: 'Folders',
  documentsTitle: 'Documents',
  emptyTitle: 'No folders yet',
  empty: 'Add a folder of documents. They are read where they are; nothing is copied or uploaded.',
  reindex: 'Check for changes',
  reindexAll: 'Read everything again',
  reindexAllTitle: 'Read everything again?',
  reindexAllText: (documents: string) =>
    `All of ${documents} are read anew, and their meaning is computed anew, which takes as long as the first time. “Check for changes” reads only what has changed.`,
  reindexOne: 'Read again',
  wordsAlone: (passages: number) => `Words of all ${count(passages, 'passage', 'passages')}, no meaning.`,
  wordsAndMeaning: (passages: number) =>
    `Words and meaning of all ${count(passages, 'passage', 'passages')}.`,
  meaningShare: (passages: number, percent: number) =>
    `Words of all ${count(passages, 'passage', 'passages')}, meaning of ${formatNumber(percent)} %.`,
  hiddenFiles:
    'Hidden files, such as .git, are left out unless a line beginning with “!” names them: !.notes',
  refusedPattern: {
    absolute: (line: string) =>
      `“${line}” begins outside of the folder. Patterns are relative to it, for example drafts/**.`,
    parent: (line: string) => `“${line}” leads out of the folder. Patterns are relative to it, without “..”.`,
    brackets: (line: string) =>
      `“${line}” opens a bracket that is not closed, or closes one that is not open.`,
  },
  history: 'The last week',
  unavailable: (reason: string) => `Cannot be read just now: ${reason}`,
  excluded: (patterns: string) => `Left out: ${patterns}`,
  exclude: 'Leave out…',
  excludeOf: (path: string) => `Leave out…: ${path}`,
  excludeEdit: 'Edit what is left out',
  excludeLabel: 'Leave out (one pattern per line)',
  excludeHint: 'Patterns are relative to the folder, for example drafts/** or *.log',
  save: 'Save',
  saved: 'Saved. The folder is being checked.',
  removed: (path: string) => `${path} has left the library.`,
  removeFolder: 'Remove from library',
  removeTitle: (path: string) => `Remove “${path}”?`,
  removeText: 'Its documents leave the search. The files themselves stay untouched.',
  pathFilter: 'Filter by path',
  noMatch: 'No document matches.',
  shown: (first: number, last: number, total: number) =>
    `${formatNumber(first)}–${formatNumber(last)} of ${formatNumber(total)}`,
  earlier: 'Earlier',
  later: 'Later',
  columns: { document: 'Document', kind: 'Kind', state: 'State', passages: 'Passages', changed: 'Changed' },
  failed: 'The list could not be read.',
  dropHint: 'You can also drop a folder or a file here.',
  started: 'The folder is being read.',
} as const;

export const libraries = {
  title: 'Libraries',
  hint: 'Each library has folders, a search and adapters of its own.',
  inUse: 'In use',
  use: 'Use',
  open: (name: string) => `Use the library ${name}`,
  create: 'New library',
  createTitle: 'Make a new library',
  createText: 'It starts empty; its folders are added on this screen.',
  name: 'Name',
  nameHint: 'Small letters, digits and hyphens.',
  willBe: (name: string) =>
    name === '' ? 'Use at least one letter or digit.' : `It will be called ${name}.`,
  rename: 'Rename',
  renameOne: (name: string) => `Rename the library ${name}`,
  renameTitle: (name: string) => `Rename “${name}”`,
  renameText: 'Its index moves along. Work on it that is under way is cancelled.',
  removeOne: (name: string) => `Remove the library ${name}`,
  removeTitle: (name: string) => `Remove the library “${name}”?`,
  removeText: 'Its index and its adapters are deleted. The documents themselves stay untouched.',
  unavailable: (name: string) => `${name}: cannot be opened`,
  renamed: (name: string) => `The library is called ${name} now.`,
  created: (name: string) => `The library ${name} is ready for its first folder.`,
  readOnly: 'Read only',
  shared: 'Shared',
  at: (address: string) => `Index at ${address}`,
  anotherMachine: 'Another machine',
  writtenBy: (machine: string) =>
    `${machine} writes this library. Here it can be searched and read, and not changed.`,
  notSent: (reason: string) => `Others do not get its changes just now. ${reason}`,
  removeSharedText: (address: string) =>
    `It is forgotten on this machine. What is at ${address} stays there, and so do the documents.`,
} as const;

/** What the list of documents can be narrowed by. */
export const facets = {
  label: 'Narrow the list',
  state: 'State',
  kind: 'Kind',
  language: 'Language',
  year: 'Year',
  tag: 'Tag',
  all: {
    state: 'All states',
    kind: 'All kinds',
    language: 'All languages',
    year: 'All years',
    tag: 'All tags',
  },
} as const;

/** Tags that a person gives documents, beside those that files state. */
export const tags = {
  title: 'Tags',
  of: (title: string) => `Tags of ${title}`,
  add: 'Add a tag',
  remove: (tag: string) => `Take the tag ${tag} away`,
  show: (tag: string) => `Show what is tagged ${tag}`,
  stated: 'Stated in the file itself',
} as const;

/** Libraries whose index lies where several machines reach it. */
export const sharing = {
  attach: 'Open a shared library',
  attachTitle: 'Open a shared library',
  attachText:
    'A library that another machine writes, to search it from here. Its documents stay there; what you ask stays here.',
  attachNow: 'Open it',
  attached: (name: string) => `The library ${name} can be searched here now.`,
  elsewhere: 'Keep its index where other machines reach it',
  elsewhereHint:
    'The text of the passages and the paths and titles of the documents are then written there. Whoever may read there can read them.',
  address: 'Address of the index',
  addressHint:
    'Such as s3://bucket/team, gs://bucket/team or az://container/team, or a folder of a file server.',
  keys: 'Keys are never asked for here. They are read from the environment that Llara was started in, such as AWS_ACCESS_KEY_ID.',
  more: 'More about the address',
  nameHere: 'Name on this machine',
  nameHereHint: 'As it is called where it is written, if left empty.',
  region: 'Region',
  regionHint: 'Such as eu-central-1, where the store has regions.',
  endpoint: 'Server',
  endpointHint: 'Of a store that is not Amazon’s: https://, its name and a port.',
  takeOver: 'Write a library that is there already',
  takeOverHint: 'This machine then takes the place of the one that has written it.',
  promise: 'Only the index of shared libraries leaves this machine.',
} as const;

/** What a folder holds, before it is read. `more` where there was no time to count all of it. */
export const preview = {
  counting: 'Counting what is in it…',
  found: (documents: number, size: string, more: boolean) =>
    `${more ? 'More than ' : ''}${count(documents, 'document', 'documents')}, ${size}`,
  others: (files: number) => `${count(files, 'other file is', 'other files are')} of kinds that are not read`,
  nothing: 'It holds no document of a kind that is read.',
  leftOut: (files: number, more: boolean) =>
    `Left out: ${more ? 'more than ' : ''}${count(files, 'file', 'files')}`,
  nothingLeftOut: 'Nothing is left out.',
  include: 'Include',
  includeOne: (name: string) => `Include ${name}`,
  followGitignore: 'Leave out what Git ignores (.gitignore)',
} as const;

export const addFolder = {
  suggested: 'Your own folders',
  suggestedNames: { documents: 'Documents', desktop: 'Desktop', downloads: 'Downloads' },
  addOne: (path: string) => `Add ${path}`,
  addShort: 'Add',
  title: 'Add a folder',
  text: 'Choose a folder below or type its path. Its documents are read where they are.',
  path: 'Path of the folder',
  up: 'Parent folder',
  system: 'Choose in a dialog…',
  add: 'Add this folder',
  none: 'No folders inside.',
  exclude: 'Leave out (one pattern per line, optional)',
  advanced: 'Leave something out',
  listing: 'Folders here',
} as const;

export const addFile = {
  title: 'Add a file',
  text: 'Choose a file below or type its path. It is read where it is, and nothing beside it.',
  path: 'Path of the file',
  add: 'Add this file',
  none: 'No folders or documents here.',
  listing: 'Folders and files here',
} as const;

const pages = (value: number) => count(value, 'page', 'pages');

export const recognition = {
  title: 'Scans and pictures',
  waiting: (value: number, documents: string) =>
    `${pages(value)} in ${documents} hold no text that can be searched, only pictures of it.`,
  cost: (time: string) => `Reading them on this machine takes about ${time}.`,
  costGuessed: (time: string) => `Reading them takes about ${time}, as far as can be told before it starts.`,
  off: (value: number) => `${pages(value)} more are in folders where this is switched off.`,
  needsLanguage:
    'For that, data of the languages they are written in is downloaded once. Your documents stay here.',
  reads: (languages: string) => `Languages that are read: ${languages}.`,
  language: 'Language',
  download: (size: string) => `Download (${size})`,
  downloadStarted: 'The download has started.',
  start: 'Read them now',
  started: 'The scans are being read.',
  failed: 'What waits for text recognition could not be found out.',
  folder: 'Read the text of scans and pictures',
  folderOff: 'Scans and pictures are not read',
} as const;
