/**
 * The kinds of job there are, in one table: what every program that shows jobs must know of a kind. What a kind does is
 * the engine's half, in engine/jobs/kinds/, one file each. The words here are English; the page's translations say them again.
 */

/** What is out of date once a job of the kind has ended. */
export type JobEffect = 'search' | 'models' | 'adapters';

export interface JobKindFacts {
  /** What the page calls it; null keeps the engine's own title, which says more, such as a model's name. */
  readonly label: string | null;
  /** The steps of the work, in the order in which they come. */
  readonly phases: readonly WorkPhase[];
  /** It computes for long, so that it waits while the machine runs on battery. */
  readonly heavy: boolean;
  /** It uses the network, which the page says. */
  readonly online: boolean;
  /** The page that shows the job, as in `#/library`. */
  readonly view: 'library' | 'adapt' | 'models';
  readonly affects: readonly JobEffect[];
  /** What a person is told at the end; null for work whose asker waits for its answer. */
  readonly notice: { readonly completed: string; readonly failed: string } | null;
}

/** The steps of all kinds, as a person reads them while they last. */
export const phaseLabels = {
  moving: 'Bringing the library into its present form',
  scanning: 'Looking for files',
  reading: 'Reading files',
  recognising: 'Recognising text',
  indexing: 'Reading and indexing',
  optimising: 'Putting the index in order',
  relating: 'Comparing words by meaning',
  embedding: 'Computing vectors',
  preparing: 'Choosing what to learn from',
  connecting: 'Connecting',
  downloading: 'Downloading',
  checking: 'Checking the file',
  searching: 'Asking the test questions',
  packing: 'Writing the file',
  unpacking: 'Unpacking and checking',
  mapping: 'Finding the documents on this machine',
  summarising: 'Learning to say what a text holds and what follows it',
  training: 'Learning',
  'testing-before': 'Testing the encoder as it was',
  'testing-after': 'Testing what it has learnt',
} as const;

type WorkPhase = keyof typeof phaseLabels;

const adaptPhases = ['preparing', 'summarising', 'training', 'testing-before', 'testing-after'] as const;
const switchPhases = ['embedding', 'optimising', 'relating'] as const;

export const jobKinds = {
  index: {
    label: 'Reading your documents',
    phases: ['moving', 'scanning', 'reading', 'embedding', 'optimising', 'relating'],
    heavy: true,
    online: false,
    view: 'library',
    affects: ['search'],
    notice: { completed: 'Your documents are indexed', failed: 'Indexing stopped' },
  },
  recognise: {
    label: 'Reading scans and pictures',
    phases: ['recognising'],
    heavy: true,
    online: false,
    view: 'library',
    affects: ['search'],
    notice: { completed: 'Scans and pictures are read', failed: 'Reading scans stopped' },
  },
  adapt: {
    label: 'Adapting to your documents',
    phases: adaptPhases,
    heavy: true,
    online: false,
    view: 'adapt',
    affects: ['adapters'],
    notice: { completed: 'Learning from your documents has ended', failed: 'Learning stopped' },
  },
  switch: {
    label: 'Building new vectors',
    phases: switchPhases,
    heavy: true,
    online: false,
    view: 'models',
    affects: ['search', 'models', 'adapters'],
    notice: { completed: 'The new encoder is in use', failed: 'The encoder was not changed' },
  },
  evaluate: {
    label: null,
    phases: ['indexing', 'scanning', 'reading', 'recognising', 'searching', ...adaptPhases, ...switchPhases],
    heavy: true,
    online: false,
    view: 'library',
    affects: [],
    notice: null,
  },
  download: {
    label: null,
    phases: ['connecting', 'downloading', 'checking', 'unpacking'],
    heavy: false,
    online: true,
    view: 'models',
    affects: ['models'],
    notice: { completed: 'The download is complete', failed: 'The download stopped' },
  },
  export: {
    label: null,
    phases: ['moving', 'packing'],
    heavy: false,
    online: false,
    view: 'library',
    affects: [],
    notice: { completed: 'The library is exported', failed: 'The library was not exported' },
  },
  import: {
    label: null,
    phases: ['unpacking', 'mapping'],
    heavy: false,
    online: false,
    view: 'library',
    affects: ['search', 'adapters'],
    notice: { completed: 'The library is imported', failed: 'The library was not imported' },
  },
} as const satisfies Record<string, JobKindFacts>;

export type JobKind = keyof typeof jobKinds;

export type PhaseOf<Kind extends JobKind> = (typeof jobKinds)[Kind]['phases'][number];

/** `waiting` is the phase of a job whose work has not begun. */
export type JobPhase = 'waiting' | WorkPhase;

export const jobKindNames = Object.keys(jobKinds) as [JobKind, ...JobKind[]];

export const jobPhaseNames: JobPhase[] = ['waiting', ...(Object.keys(phaseLabels) as WorkPhase[])];

/** The facts without the narrow types of the table, for whoever asks about a job of any kind. */
export function factsOf(kind: JobKind): JobKindFacts {
  return jobKinds[kind];
}

/** For programs that have no table of strings of their own, such as the command line: `testing-before` reads as two words. */
export function phaseInWords(phase: JobPhase): string {
  return phase.replaceAll('-', ' ');
}
