/** The page's sentences about work in the background and about adapting. */
import type { JobKind } from '../../src-main/contract/jobs.ts';
import { formatNumber } from '../text/format-number.ts';
import { count } from './counting.ts';

export const jobs = {
  /** Kinds whose name the page knows better than the engine's own title. */
  kinds: {
    index: 'Reading your documents',
    adapt: 'Adapting to your documents',
    switch: 'Building new vectors',
  } as Partial<Record<JobKind, string>>,
  eta: (duration: string) => `about ${duration} left`,
  paused: 'Paused',
  queued: 'Waiting for its turn',
  stopping: 'Stopping…',
  pause: (title: string) => `Pause: ${title}`,
  resume: (title: string) => `Resume: ${title}`,
  cancel: (title: string) => `Cancel: ${title}`,
  retry: 'Try again',
  failed: (title: string, why: string) => `${title} failed: ${why}`,
  completed: (title: string) => `${title}: done.`,
  share: (done: string, total: string) => `${done} of ${total}`,
  /** By the engine's names; one that is not here is shown as it is. */
  phases: {
    // Said by the job's state already.
    waiting: '',
    scanning: 'Looking for files',
    indexing: 'Reading and indexing',
    optimising: 'Putting the index in order',
    embedding: 'Computing vectors',
    preparing: 'Choosing what to learn from',
    connecting: 'Connecting',
    downloading: 'Downloading',
    checking: 'Checking the file',
  } as Record<string, string>,
  units: {
    files: 'files',
    documents: 'documents',
    passages: 'passages',
    queries: 'questions',
    steps: 'steps',
  } as Record<string, string>,
} as const;

export const adapt = {
  title: 'Adapt to your documents',
  intro:
    'The encoder can learn the language of your own documents, here on this machine. Some documents are held back and used as an exam; only an encoder that passes is offered to you.',
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
  speed: (tokens: number) => `${formatNumber(tokens)} tokens/s`,
  pointLine: (step: number, total: number, loss: string) =>
    `Step ${formatNumber(step)} of ${formatNumber(total)}, loss ${loss}`,
  before: 'Before',
  after: 'After',
  ndcg: 'nDCG@10',
  mrr: 'MRR@10',
  interval: (low: string, high: string) => `Difference, 95 % interval: ${low} to ${high}`,
  pValue: (p: string, questions: number) => `p = ${p}, ${count(questions, 'question', 'questions')}`,
  adaptersTitle: 'Adapters',
  noAdapters: 'No adapters yet. A run that finishes leaves one here, with its figures.',
  adopt: 'Use it',
  active: 'In use',
  rejected: 'Did not pass',
  rollBack: 'Back to the plain encoder',
  rollBackHint: 'Your search goes on with the present vectors until the new ones are ready.',
  adopting: 'The search is being moved over. The present vectors answer meanwhile.',
  removeTitle: 'Remove this adapter?',
  removeText: 'Its file is deleted. The encoder itself is not touched.',
  adaptersFailed: 'The adapters could not be listed.',
  trained: (documents: number, time: string) => `${count(documents, 'document', 'documents')}, ${time}`,
  verdict: { better: 'Better', 'no-gain': 'No gain', worse: 'Worse' },
  noLibrary: 'There is nothing to learn from yet. Add a folder first.',
} as const;
