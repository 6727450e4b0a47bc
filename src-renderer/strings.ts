/**
 * Every sentence the page shows, in one object: in English (its parts are in strings/) until a translation takes its place, once and
 * before the first component is made. Messages of the engine arrive in words already and are shown as they are.
 */
import { type DocumentKind, formats } from '../src-main/contract/formats.ts';
import type { DocumentState } from '../src-main/contract/libraries.ts';
import type { SearchMode } from '../src-main/contract/search.ts';
import { answers } from './strings/answer-strings.ts';
import { count } from './strings/counting.ts';
import { exchange, repair } from './strings/keeping-strings.ts';
import {
  addFile,
  addFolder,
  facets,
  libraries,
  library,
  preview,
  recognition,
  sharing,
  tags,
} from './strings/library-strings.ts';
import { document, places, saved, search, why } from './strings/search-strings.ts';
import { models, settings, welcome } from './strings/setup-strings.ts';
import { adapt, jobs } from './strings/work-strings.ts';
import { formatNumber } from './text/format-number.ts';

/** The names in the table of formats; a translation says them anew. */
const kinds = Object.fromEntries(formats.map(({ kind, label }) => [kind, label])) as Record<
  DocumentKind,
  string
>;

const states: Record<DocumentState, string> = {
  pending: 'Waiting',
  indexed: 'Indexed',
  scan: 'Scan, not read yet',
  empty: 'No text',
  encrypted: 'Encrypted',
  unsupported: 'Not supported',
  'too-large': 'Too large',
  failed: 'Failed',
};

const modes: Record<SearchMode, string> = {
  hybrid: 'Words and meaning',
  lexical: 'Words only',
  dense: 'Meaning only',
};

const english = {
  name: 'llara',
  kinds,
  states,
  modes,
  documents: (value: number) => count(value, 'document', 'documents'),
  passages: (value: number) => count(value, 'passage', 'passages'),
  folders: (value: number) => count(value, 'folder', 'folders'),

  navigation: {
    label: 'Views',
    skip: 'Skip to content',
    search: 'Search',
    answer: 'Answers',
    library: 'Library',
    adapt: 'Adapt',
    models: 'Models',
    settings: 'Settings',
    librarySwitch: 'Library in use',
  },

  offline: {
    short: 'Offline',
    promise: 'Nothing leaves this machine.',
    downloading: 'Downloading a model',
    downloadingDetail: 'You started this download. Your documents stay here.',
  },

  engine: {
    connecting: 'Starting the search engine…',
    gone: 'The search engine has stopped.',
    goneDetail: 'Your library is safe. Trying to reach it again…',
    noAnswer: 'The search engine does not answer.',
    reconnect: 'Reconnect now',
    restart: 'Restart it',
  },

  common: {
    close: 'Close',
    cancel: 'Cancel',
    retry: 'Try again',
    remove: 'Remove',
    back: 'Back',
    loading: 'Loading…',
    /** A tooltip that also names the key. */
    withKey: (what: string, key: string) => `${what} (${key})`,
  },

  notices: {
    undo: 'Undo',
    times: (count: number) => `(${formatNumber(count)} times)`,
    more: (hidden: number) => count(hidden, 'more message', 'more messages'),
    fewer: 'Only the newest message',
  },

  keys: { enter: 'Enter', escape: 'Esc' },

  search,
  places,
  saved,
  why,
  document,
  answers,
  library,
  facets,
  tags,
  libraries,
  sharing,
  exchange,
  addFile,
  addFolder,
  recognition,
  preview,
  jobs,
  adapt,
  models,
  settings,
  repair,
  welcome,
} as const;

/** The same sentences in any language: every key, and functions of the same arguments. */
type Translated<Part> = Part extends (...given: infer Given) => string
  ? (...given: Given) => string
  : Part extends string | null
    ? Part extends string
      ? string
      : null
    : Part extends readonly unknown[]
      ? { readonly [Key in keyof Part]: Translated<Part[Key]> }
      : { readonly [Key in keyof Part]: Translated<Part[Key]> };

export type Strings = Translated<typeof english>;

export const strings: Strings = { ...english };

/** Replaces every sentence. */
export function speak(translation: Strings): void {
  Object.assign(strings, translation);
}
