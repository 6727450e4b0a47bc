/** The page's sentences about work in the background and about adapting. */
import {
  factsOf,
  type JobKind,
  type JobPhase,
  jobKindNames,
  type jobKinds,
  phaseLabels,
} from '../../src-main/contract/tables/job-kinds.ts';
import { formatNumber } from '../text/format-number.ts';
import { count, plural } from './counting.ts';

/** The table's own words, which a translation says anew. */
const labels = Object.fromEntries(jobKindNames.map((kind) => [kind, factsOf(kind).label])) as {
  [Kind in JobKind]: (typeof jobKinds)[Kind]['label'];
};

export const jobs = {
  kinds: labels,
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
  goOn: 'Go on with it',
  failed: (title: string, why: string) => `${title} failed: ${why}`,
  completed: (title: string) => `${title}: done.`,
  ended: { completed: 'Done', cancelled: 'Cancelled', failed: 'Failed' },
  share: (done: string, total: string) => `${done} of ${total}`,
  /** That it waits is said by the job's state already. */
  phases: { waiting: '', ...phaseLabels } satisfies Record<JobPhase, string>,
  /** Of `value` things, or of `value` out of what is counted to. */
  units: {
    files: (value: number) => plural(value, 'file', 'files'),
    documents: (value: number) => plural(value, 'document', 'documents'),
    passages: (value: number) => plural(value, 'passage', 'passages'),
    pages: (value: number) => plural(value, 'page', 'pages'),
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
  method: 'How it learns',
  methods: {
    auto: 'By itself: what suits the encoder',
    contrastive: 'Find answers',
    llara: 'Sum up and continue',
    'llara+contrastive': 'Sum up and continue, then find answers',
  },
  methodMeans: {
    auto: 'An encoder made for searching learns to find answers. A language model, which was made for writing, first learns to sum up and continue texts.',
    contrastive:
      'It learns to tell passages that answer a question from others, on questions made from your documents.',
    llara:
      'It learns to name the words of a passage and of what follows it, as LLaRA does (EBAE and EBAR). This makes an encoder of a language model.',
    'llara+contrastive':
      'It learns both, one after the other, in the time you allow. Right for a language model.',
  },
  stages: 'Stage by stage',
  afterStage: { llara: 'After summing up and continuing', contrastive: 'After finding answers' },
  minutes: (value: number) => count(value, 'minute', 'minutes'),
  start: 'Start',
  again: 'Start another run',
  refused: 'A run cannot start just now.',
  plan: {
    method: 'How it would learn',
    documents: 'Documents to learn from',
    heldOut: 'Held back for the exam',
    pairs: 'Training pairs',
    tokens: 'Tokens',
    steps: 'Steps',
    explain: {
      pairs: 'texts that belong together, to be told from others',
      tokens: 'pieces of words that are read',
      steps: 'times the encoder is changed a little',
    },
    device: 'Device',
    time: 'Estimated time',
    memory: 'Memory',
    memoryOf: (need: string, available: string) => `${need} of ${available} free`,
  },
  /** While the plan is made, which reads all passages. */
  planning: (documents: number, passages: number) =>
    `Working out what a run would learn from ${count(documents, 'document', 'documents')} with ${count(passages, 'passage', 'passages')}…`,
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
  figures: 'The figures',
  byKind: 'By what was asked for',
  kinds: {
    heading: 'A heading, less its own words',
    excerpt: 'Words of a passage',
    sentence: 'A sentence, less its own words',
    name: 'A document’s name',
    identifier: 'A number or code',
    word: 'A single word',
  },
  moved: 'Questions whose answer moved furthest',
  rank: (rank: number | null) => (rank === null ? 'not found' : `place ${formatNumber(rank)}`),
  told: {
    helped: 'Did it help?',
    seen: 'On what was that seen?',
    seenOn: (questions: number) =>
      `On ${count(questions, 'question', 'questions')} made from documents that were held back: the encoder did not see them while it learnt.`,
    back: 'How to go back',
    backActive: 'Press “Back to the plain encoder”. Nothing is lost, and this adapter can be used again.',
    backIdle: 'It is not in use, so nothing has changed.',
  },
  explain: {
    ndcg: 'How far up right answers come among the first ten: 1 is best of all.',
    mrr: 'One divided by the rank of the first right answer, on average: 1 is always first.',
    pValue: 'p: how likely such a difference is by chance alone.',
    loss: 'How wrong the encoder still is, on what it learns from and on what it does not see. Lower is better.',
  },
  axisStep: 'Steps',
  axisLoss: 'Loss',
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
