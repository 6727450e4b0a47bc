/** The page's sentences about work in the background and about adapting. */
import type { JobKind, JobPhase } from '../../src-main/contract/tables/job-kinds.ts';
import { formatNumber } from '../text/format-number.ts';
import { count, plural } from './counting.ts';

export const jobs = {
  /** Null keeps the engine's own title, which says more, such as a model's name. */
  kinds: {
    index: 'Reading your documents',
    adapt: 'Adapting to your documents',
    switch: 'Building new vectors',
    evaluate: null,
    download: null,
  } satisfies Record<JobKind, string | null>,
  eta: (duration: string) => `about ${duration} left`,
  almostDone: 'almost done',
  paused: 'Paused',
  pausedOnBattery: 'Waiting for mains power',
  queued: 'Waiting for its turn',
  stopping: 'Stopping…',
  pause: (title: string) => `Pause: ${title}`,
  resume: (title: string) => `Resume: ${title}`,
  cancel: (title: string) => `Cancel: ${title}`,
  retry: 'Try again',
  failed: (title: string, why: string) => `${title} failed: ${why}`,
  completed: (title: string) => `${title}: done.`,
  ended: { completed: 'Done', cancelled: 'Cancelled', failed: 'Failed' },
  share: (done: string, total: string) => `${done} of ${total}`,
  phases: {
    // Said by the job's state already.
    waiting: '',
    moving: 'Bringing the library into its present form',
    scanning: 'Looking for files',
    reading: 'Reading files',
    indexing: 'Reading and indexing',
    optimising: 'Putting the index in order',
    embedding: 'Computing vectors',
    preparing: 'Choosing what to learn from',
    connecting: 'Connecting',
    downloading: 'Downloading',
    checking: 'Checking the file',
    searching: 'Asking the test questions',
    training: 'Learning',
    'testing-before': 'Testing the encoder as it was',
    'testing-after': 'Testing what it has learnt',
  } satisfies Record<JobPhase, string>,
  /** Of `value` things, or of `value` out of what is counted to. */
  units: {
    files: (value: number) => plural(value, 'file', 'files'),
    documents: (value: number) => plural(value, 'document', 'documents'),
    passages: (value: number) => plural(value, 'passage', 'passages'),
    queries: (value: number) => plural(value, 'question', 'questions'),
    steps: (value: number) => plural(value, 'step', 'steps'),
  } as Record<string, (value: number) => string>,
} as const;

export const adapt = {
  title: 'Adapt to your documents',
  intro:
    'The encoder can learn the language of your own documents, here on this machine. Some documents are held back as an exam. An encoder that does better on them is taken into use; one click leads back.',
  planTitle: 'What a run would take',
  budget: 'Time to spend',
  minutes: (value: number) => count(value, 'minute', 'minutes'),
  start: 'Start',
  again: 'Start another run',
  refused: 'A run cannot start just now.',
  plan: {
    documents: 'Documents to learn from',
    heldOut: 'Held back for the exam',
    pairs: 'Training pairs',
    tokens: 'Tokens',
    steps: 'Steps',
    device: 'Device',
    time: 'Estimated time',
    memory: 'Memory',
    memoryOf: (need: string, available: string) => `${need} of ${available} free`,
  },
  planFailed: 'The plan could not be made.',
  runTitle: 'This run',
  lastRunTitle: 'The last run',
  curveLabel: 'Training loss and validation over steps',
  loss: 'Training loss',
  validation: 'Validation loss',
  step: 'Step',
  noPoints: 'The curve appears with the first steps.',
  speed: (tokens: number) => `${count(tokens, 'token', 'tokens')} a second`,
  pointLine: (step: number, total: number, loss: string) =>
    `Step ${formatNumber(step)} of ${formatNumber(total)}, loss ${loss}`,
  before: 'Before',
  after: 'After',
  ndcg: 'nDCG@10',
  mrr: 'MRR@10',
  interval: (low: string, high: string) => `Difference, 95 % interval: ${low} to ${high}`,
  /** `p` is null where it is smaller than can be written. */
  pValue: (p: string | null, questions: number) =>
    `${p === null ? 'p < 0.001' : `p = ${p}`}, ${count(questions, 'question', 'questions')}`,
  adaptersTitle: 'Adapters',
  noAdapters: 'No adapters yet. A run that finishes leaves one here, with its figures.',
  adopt: 'Use it',
  active: 'In use',
  rejected: 'Did not pass',
  rollBack: 'Back to the plain encoder',
  rollBackHint:
    'The search then uses the encoder as it was before it learnt. You can come back to this adapter.',
  adopted: 'The adapter is being taken into use.',
  rolledBack: 'The search goes back to the plain encoder.',
  adopting: 'The search is being moved over. Until then it answers as before.',
  removeTitle: 'Remove this adapter?',
  removeText: 'Its file is deleted. The encoder itself is not touched.',
  adaptersFailed: 'The adapters could not be listed.',
  trained: (documents: number, time: string) => `${count(documents, 'document', 'documents')}, ${time}`,
  verdict: { better: 'Better', 'no-gain': 'No gain', worse: 'Worse' },
  noLibrary: 'There is nothing to learn from yet. Add a folder first.',
} as const;
