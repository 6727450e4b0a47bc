/** What the fake engine holds: one library with documents in it, or an empty one, and everything else a page can ask for. */

import type { Adapter } from '../../../src-main/contract/adaptation.ts';
import type { Finding } from '../../../src-main/contract/doctor.ts';
import type { EngineSnapshot } from '../../../src-main/contract/events.ts';
import type { Job } from '../../../src-main/contract/jobs.ts';
import type {
  ArchiveContents,
  Folder,
  FolderPreview,
  Library,
  SuggestedFolder,
  UnavailableLibrary,
} from '../../../src-main/contract/libraries.ts';
import type { DevicePack, Model } from '../../../src-main/contract/models.ts';
import type {
  RecognisedWords,
  RecognitionLanguage,
} from '../../../src-main/contract/recognition/recognition.ts';
import type { SavedSearch, SearchResponse } from '../../../src-main/contract/search.ts';
import { type Settings, settingsSchema } from '../../../src-main/contract/settings.ts';
import { fakeAdapter } from './fake-adaptation.ts';
import { type FakeDocument, fakeDocuments } from './fake-documents.ts';
import { fakeCudaPack, fakeModels } from './fake-models.ts';

export interface FakeEngineOptions {
  readonly empty?: boolean;
  readonly onboarded?: boolean;
  readonly home?: string;
  /** What an index run fails with, at its end. */
  readonly failWith?: string;
  /** Files of an index run. */
  readonly files?: number;
  /** Milliseconds between two steps of a job. */
  readonly stepMs?: number;
}

export interface FakeState {
  /** The default library, which has the documents. */
  library: Library;
  otherLibraries: Library[];
  unavailableLibraries: UnavailableLibrary[];
  deviceProblem: string | null;
  /** What an examination finds; a repair mends those that can be. */
  findings: Finding[];
  /** What any file named like an export holds. */
  archive: ArchiveContents;
  saved: SavedSearch[];
  suggested: SuggestedFolder[];
  jobs: Job[];
  models: Model[];
  /** Not offered by the page unless a test gives it a driver. */
  cuda: DevicePack;
  recognition: {
    waitingPages: number;
    languages: RecognitionLanguage[];
    /** Words on a page, by the document's id. */
    words: Map<string, RecognisedWords>;
  };
  adapters: Adapter[];
  settings: Settings;
  home: string;
  failWith: string | undefined;
  files: number;
  /** What is in the default library once its folders are read. */
  read: Pick<Library, 'counts' | 'chunkCount'>;
  documents: FakeDocument[];
  /** Answers in place of the search among the documents. */
  answer: ((query: string) => SearchResponse) | null;
  /** Ids of documents whose bytes are cut off. */
  damaged: Set<string>;
  /** Bytes that are served in place of a document's own, by its id. */
  otherBytes: Map<string, Uint8Array<ArrayBuffer>>;
  /** Where documents of the list are too, by their ids. */
  places: Map<string, string[]>;
}

export const fakeFolder: Folder = {
  id: 'f1',
  path: '/home/ada/Documents',
  isFile: false,
  exclude: ['drafts/**'],
  recognise: true,
  addedAt: 0,
  documentCount: 7,
  unavailable: null,
  watchProblem: null,
};

export const fakePreview: FolderPreview = {
  files: 1812,
  documents: 1240,
  sizeBytes: 3_100_000_000,
  isComplete: true,
  leftOut: [
    { rule: 'dependencies', name: 'node_modules', files: 12_300, isComplete: false },
    { rule: 'hidden', name: '.git', files: 341, isComplete: true },
    { rule: 'lock-file', name: 'package-lock.json', files: 2, isComplete: true },
  ],
  leftOutFiles: 12_643,
};

const noCounts = {
  pending: 0,
  indexed: 0,
  scan: 0,
  empty: 0,
  encrypted: 0,
  unsupported: 0,
  'too-large': 0,
  failed: 0,
};

/** All documents read, or none there. */
export const fakeCounts = { ...noCounts, indexed: 4, empty: 1, encrypted: 1, failed: 1 };

export function emptyLibrary(name: string): Library {
  return {
    name,
    folders: [],
    counts: noCounts,
    chunkCount: 0,
    vectorSets: [],
    meaning: { passages: 0, embedded: 0 },
    encoder: 'llara-mini',
    wordsOnlyReason: null,
  };
}

export function createFakeState(options: FakeEngineOptions): FakeState {
  const full = { ...emptyLibrary('default'), folders: [fakeFolder], counts: fakeCounts, chunkCount: 6 };
  return {
    library: options.empty ? emptyLibrary('default') : full,
    otherLibraries: [],
    unavailableLibraries: [],
    deviceProblem: null,
    findings: [],
    archive: {
      library: 'letters',
      madeAt: Date.UTC(2026, 2, 4, 12),
      withIndex: true,
      folders: [
        { path: '/Users/ada/Letters', isHere: false },
        { path: '/home/ada/Documents', isHere: true },
      ],
    },
    saved: [],
    suggested: [
      { kind: 'documents', path: '/home/ada/Documents' },
      { kind: 'desktop', path: '/home/ada/Desktop' },
      { kind: 'downloads', path: '/home/ada/Downloads' },
    ],
    jobs: [],
    models: fakeModels(),
    cuda: fakeCudaPack(),
    recognition: {
      waitingPages: 0,
      languages: [
        { code: 'eng', name: 'English', isInstalled: false, sizeBytes: 13_800_000, isListed: true },
        { code: 'deu', name: 'German', isInstalled: false, sizeBytes: 8_400_000, isListed: true },
      ],
      words: new Map(),
    },
    adapters: [fakeAdapter('a1', 'available', 0.061)],
    settings: settingsSchema.parse({ onboarded: options.onboarded ?? true }),
    home: options.home ?? '/home/ada/.local/share/llara',
    failWith: options.failWith,
    files: options.files ?? 6,
    read: { counts: fakeCounts, chunkCount: 6 },
    documents: fakeDocuments(),
    answer: null,
    damaged: new Set(),
    otherBytes: new Map(),
    places: new Map(),
  };
}

export function snapshotOf(state: FakeState): EngineSnapshot {
  return {
    version: '0.1.0',
    home: state.home,
    libraries: [state.library, ...state.otherLibraries],
    unavailableLibraries: state.unavailableLibraries,
    jobs: state.jobs,
    settings: state.settings,
    deviceProblem: state.deviceProblem,
  };
}
