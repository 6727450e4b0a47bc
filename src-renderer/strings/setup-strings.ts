/** The page's sentences about models, settings and the first start. */
import {
  type SettingFacts,
  type Settings,
  type ShownChoice,
  type ShownSetting,
  settingFacts,
  shownSettings,
} from '../../src-main/contract/tables/settings-table.ts';
import { formatNumber } from '../text/format-number.ts';
import { count } from './counting.ts';

/** The settings table's own words, which a translation says anew. */
function factsOfSettings<Names extends ShownSetting, Words>(
  wordsOf: (facts: SettingFacts) => Words | undefined,
) {
  const words = shownSettings.flatMap((name) => {
    const said = wordsOf(settingFacts(name));
    return said === undefined ? [] : [[name, said]];
  });
  return Object.fromEntries(words) as Record<Names, Words>;
}

type ChoiceStrings = { [Name in ShownChoice]: Record<Extract<Settings[Name], string>, string> };

export const models = {
  title: 'Models',
  intro:
    'An encoder turns text into meaning that can be compared. Two ship with the app, one for English and one for about eighty languages; others can be added.',
  encoders: 'Encoders',
  rerankers: 'A second look',
  rerankersIntro:
    'A reranker reads the question together with the first 30 passages of a search and puts them in order. None takes part until you choose one; each question then takes longer.',
  rerankerHint: 'From the next search on. Nothing is read or indexed anew.',
  rerankerOff: 'Turn off',
  questionCost: (time: string, memory: string) => `Here about ${time} a question, ${memory} of memory`,
  questionTook: (time: string) => `The last question took ${time}.`,
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
  otherDevice: 'Another device computes',
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
    searching: 'Searching',
    computing: 'Computing',
    answers: 'Answers',
    assistants: 'Assistants',
    desktop: 'Desktop',
  },
  names: factsOfSettings<ShownSetting, string>(({ label }) => label),
  hints: factsOfSettings(({ hint }) => hint) as Partial<Record<ShownSetting, string>>,
  /** Of settings that are a choice, by the setting's name. */
  choices: factsOfSettings((facts) =>
    facts.type === 'choice' ? facts.options : undefined,
  ) as unknown as ChoiceStrings,
  afterRestart: 'Taken into use the next time llara starts.',
  refusedNumber: (least: number, whole: boolean) =>
    `This needs ${whole ? 'a whole number' : 'a number'} of at least ${formatNumber(least)}. The setting is as it was.`,
  noReranker: 'None',
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
