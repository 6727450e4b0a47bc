/** The page's sentences about models, settings and the first start. */
import type { Settings, ShownSetting, settingsTable } from '../../src-main/contract/tables/settings-table.ts';
import { formatNumber } from '../text/format-number.ts';
import { languageNames } from '../text/page-language.ts';
import { count } from './counting.ts';

type ChoiceStrings = {
  [Name in ShownSetting as (typeof settingsTable)[Name]['type'] extends 'choice' ? Name : never]: Record<
    Extract<Settings[Name], string>,
    string
  >;
};

export const models = {
  title: 'Models',
  intro:
    'An encoder turns text into meaning that can be compared. Two ship with the app, one for English and one for about eighty languages; others can be added.',
  encoders: 'Encoders',
  devices: 'Devices',
  probe: 'Probe the devices',
  probing: 'Trying each device with a known text…',
  import: 'Import a GGUF file',
  importLabel: 'Path of a GGUF file',
  importButton: 'Import',
  chooseFile: 'Choose…',
  imported: (name: string) => `${name} was imported.`,
  use: 'Use',
  useHint: 'New vectors are built beside the old ones, which answer meanwhile.',
  inUse: 'In use',
  languageModel:
    'A language model, not made for searching: use it and let it learn under Adapt. Until then it finds little by meaning.',
  download: 'Download',
  downloadHint: (size: string, host: string) =>
    `Fetches ${size} from ${host}, because you ask for it. Nothing of yours is sent.`,
  confirmDownload: 'Download',
  downloadTitle: (name: string) => `Download ${name}?`,
  sources: { bundled: 'Comes with the app', imported: 'Imported', catalogue: 'Catalogue' },
  dimension: (value: number) => count(value, 'dimension', 'dimensions'),
  context: (value: number) => `${count(value, 'token', 'tokens')} context`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'The model file is deleted from this machine.',
  failed: 'The models could not be listed.',
  devicesFailed: 'The devices could not be probed.',
  usable: 'Usable',
  notUsable: 'Not used',
  speed: (value: number) => count(value, 'passage/s', 'passages/s'),
  cost: (pace: number, memory: string, time: string) =>
    `Here about ${count(pace, 'passage/s', 'passages/s')}: ${time} for this library, ${memory} of memory`,
  noEncoder: 'No encoder is in use.',
  wordsOnly: (library: string) => `The library “${library}” is searched by words only.`,
  started: 'Started.',
  languages: (list: string) => `Languages: ${list}`,
  packOffer: (size: string) =>
    `This machine has NVIDIA's driver. Computing with CUDA needs libraries that are fetched from npm when you ask for them${size === '' ? '' : ` (${size})`}, and NVIDIA's CUDA toolkit, 12 or 13.`,
  packDownload: 'Download CUDA',
  packHere: (size: string) =>
    `CUDA was fetched and takes ${size}. It is used from the next start on, where the trial finds that it works.`,
  packRemove: 'Remove CUDA',
} as const;

export const settings = {
  title: 'Settings',
  groups: {
    appearance: 'Appearance',
    indexing: 'Indexing',
    computing: 'Computing',
    answers: 'Answers',
    desktop: 'Desktop',
  },
  names: {
    theme: 'Theme',
    language: 'Language of the page',
    resultTextSize: 'Text of search results',
    watchFolders: 'Watch folders for changes',
    pauseOnBattery: 'Pause heavy work on battery',
    maxFileMegabytes: 'Largest file to read, in megabytes',
    fileTimeoutSeconds: 'Longest time per file, in seconds',
    threads: 'Processor threads',
    device: 'Device',
    chatSource: 'Answers are written by',
    chatServer: 'Address of the server',
    chatServerModel: 'Model of the server',
    chatModel: 'Model file',
    quickSearchShortcut: 'Shortcut of the quick search',
    startAtLogin: 'Start when I log in',
  } satisfies Record<ShownSetting, string>,
  hints: {
    threads: '0 uses as many as suits the machine.',
    chatSource:
      'Off until you choose. Passages of your documents are given to the model on this machine, and to nobody else.',
    chatServer: 'On this machine only, such as http://127.0.0.1:11434 for Ollama.',
    chatServerModel: 'Empty for the first that the server names.',
    chatModel: 'A GGUF file of a chat model, often with “instruct” in its name.',
  } as Partial<Record<ShownSetting, string>>,
  /** Of settings that are a choice, by the setting's name. */
  choices: {
    theme: { system: 'As the system', light: 'Light', dark: 'Dark' },
    language: { system: 'As the system', ...languageNames },
    resultTextSize: { small: 'Small', normal: 'Normal', large: 'Large' },
    chatSource: { none: 'Nobody', server: 'A server of this machine', model: 'A model file' },
  } satisfies ChoiceStrings,
  afterRestart: 'Taken into use the next time llara starts.',
  refusedNumber: (least: number, whole: boolean) =>
    `This needs ${whole ? 'a whole number' : 'a number'} of at least ${formatNumber(least)}. The setting is as it was.`,
  deviceAuto: 'Choose by itself',
  deviceCpu: 'The processor (CPU)',
  deviceUnknown: (name: string) => `${name} (not probed)`,
  deviceChoice: (description: string, backend: string, usable: boolean, pace: number | null) =>
    [
      `${description} (${backend})`,
      usable ? '' : 'not used',
      pace === null ? '' : `${formatNumber(pace)} passages/s`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  deviceHint: 'A graphics processor is used only if it computes what the processor does.',
  deviceRefused: (description: string, why: string) => `${description} is not used. ${why}`,
  shortcutTaken: (why: string) => `Not active: ${why}`,
  shortcutActive: 'Active.',
  updates: 'Updates',
  checkForUpdate: 'Check for updates',
  checking: 'Asking the update server…',
  updateState: {
    'up-to-date': (version: string) => `Version ${version} is the newest.`,
    available: (version: string) => `Version ${version} is available.`,
    ready: (version: string) => `Version ${version} is ready to install.`,
  },
  downloadUpdate: 'Download it',
  installUpdate: 'Restart and install',
  updateHint: 'Goes online only when you press it.',
  about: 'About',
  version: (version: string) => `Version ${version}`,
  home: (path: string) => `Your data lives in ${path}`,
  guide: 'Show the first-run guide again',
} as const;

export const welcome = {
  title: 'Find the passage, not just the file.',
  intro:
    'llara reads your documents on this machine and finds what they mean, down to the sentence on the page. Nothing is uploaded, ever.',
  steps: ['Choose a folder', 'Let it be read', 'Ask your first question'],
  chooseTitle: 'Which folder shall it read?',
  chooseText: 'Documents, notes, papers, saved pages. You can add more later.',
  readingTitle: 'Reading your documents',
  readingText: 'You can ask as soon as the first passages are in.',
  askTitle: 'Now ask something',
  askText: 'In your own words. Press Enter to open the best passage.',
  sampleTitle: 'That was the sample',
  sampleText: 'These documents are made up, to try things out. Your own come next.',
  ownFolder: 'Add a folder of mine',
  skip: 'Skip the guide',
  done: 'Done. Open the search',
  next: 'Go on',
  alreadyRead: (documents: string) => `${documents} are ready already.`,
} as const;
