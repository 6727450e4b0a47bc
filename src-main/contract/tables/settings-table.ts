/**
 * Every setting there is, in one table of plain facts: the schemas of the contract, the defaults, the page's screen and the table in
 * docs/guide/settings.md derive from it. The words here are English; the page's translations say them again.
 */

/** `after-restart` where what the setting is about is opened at the start; the page says so. */
interface Shared {
  /** What a person calls it. */
  readonly label: string;
  /** One sentence or two below it, where the label does not say enough. */
  readonly hint?: string;
  readonly applies: 'at-once' | 'after-restart';
  /** Which part of the settings screen shows it; null for what is no matter of choice. */
  readonly group:
    | 'appearance'
    | 'indexing'
    | 'searching'
    | 'computing'
    | 'answers'
    | 'assistants'
    | 'desktop'
    | null;
}

export type SettingFacts = Shared &
  (
    | { readonly type: 'switch'; readonly default: boolean }
    | { readonly type: 'number'; readonly least: number; readonly whole: boolean; readonly default: number }
    /** `options`: each with what a person calls it. */
    | {
        readonly type: 'choice';
        readonly options: Readonly<Record<string, string>>;
        readonly default: string;
      }
    | { readonly type: 'text'; readonly default: string }
  );

/** Languages of the page, each in its own words, so that whoever landed in the wrong one finds the way out. */
export const languageNames = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  zh: '中文',
  ja: '日本語',
} as const;

export const settingsTable = {
  theme: {
    label: 'Theme',
    type: 'choice',
    options: { system: 'As the system', light: 'Light', dark: 'Dark' },
    default: 'system',
    applies: 'at-once',
    group: 'appearance',
  },
  /** Of the page's own words; `system` takes the first of the system's languages that there is a translation for. */
  language: {
    label: 'Language of the page',
    type: 'choice',
    options: { system: 'As the system', ...languageNames },
    default: 'system',
    applies: 'at-once',
    group: 'appearance',
  },
  resultTextSize: {
    label: 'Text of search results',
    type: 'choice',
    options: { small: 'Small', normal: 'Normal', large: 'Large' },
    default: 'normal',
    applies: 'at-once',
    group: 'appearance',
  },
  watchFolders: {
    label: 'Watch folders for changes',
    type: 'switch',
    default: true,
    applies: 'at-once',
    group: 'indexing',
  },
  readScans: {
    label: 'Read new scans by itself',
    hint: 'After indexing, where that takes no more than ten minutes. More waits for you, under Library.',
    type: 'switch',
    default: true,
    applies: 'at-once',
    group: 'indexing',
  },
  pauseOnBattery: {
    label: 'Pause heavy work on battery',
    hint: 'Only the desktop app knows of the battery.',
    type: 'switch',
    default: true,
    applies: 'at-once',
    group: 'indexing',
  },
  maxFileMegabytes: {
    label: 'Largest file to read, in megabytes',
    hint: 'Larger files are listed as “Too large”.',
    type: 'number',
    least: 1,
    whole: false,
    default: 200,
    applies: 'at-once',
    group: 'indexing',
  },
  fileTimeoutSeconds: {
    label: 'Longest time per file, in seconds',
    hint: 'A file that takes longer is listed as “Failed”.',
    type: 'number',
    least: 1,
    whole: false,
    default: 60,
    applies: 'at-once',
    group: 'indexing',
  },
  /** Id of a reranker's file; empty for none. */
  reranker: {
    label: 'Second look',
    hint: 'A reranker reads the question together with the first 30 passages that were found and puts them in order. Each question takes longer by that; Models says by how much here, and fetches one.',
    type: 'text',
    default: '',
    applies: 'at-once',
    group: 'searching',
  },
  /** CPU threads the encoder and the trainer may use. */
  threads: {
    label: 'Processor threads',
    hint: '0 uses as many as suits the machine.',
    type: 'number',
    least: 0,
    whole: true,
    default: 0,
    applies: 'after-restart',
    group: 'computing',
  },
  device: {
    label: 'Device',
    hint: 'A graphics processor is used only if it computes what the processor does.',
    type: 'text',
    default: 'auto',
    applies: 'after-restart',
    group: 'computing',
  },
  chatSource: {
    label: 'Answers are written by',
    hint: 'Off until you choose. Passages of your documents are given to the model on this machine, and to nobody else.',
    type: 'choice',
    options: { none: 'Nobody', server: 'A server of this machine', model: 'A model file' },
    default: 'none',
    applies: 'at-once',
    group: 'answers',
  },
  /** Address of a server that speaks OpenAI's form. */
  chatServer: {
    label: 'Address of the server',
    hint: 'On this machine only, such as http://127.0.0.1:11434 for Ollama.',
    type: 'text',
    default: 'http://127.0.0.1:11434',
    applies: 'at-once',
    group: 'answers',
  },
  chatServerModel: {
    label: 'Model of the server',
    hint: 'Empty for the first that the server names.',
    type: 'text',
    default: '',
    applies: 'at-once',
    group: 'answers',
  },
  /** Id of a chat model's file; empty for the only one there is. */
  chatModel: {
    label: 'Model file',
    hint: 'A GGUF file of a chat model, often with “instruct” in its name.',
    type: 'text',
    default: '',
    applies: 'at-once',
    group: 'answers',
  },
  /** Of those that ask over HTTP; one that is started by a command line is told there. */
  assistantsMayWrite: {
    label: 'Assistants may change the library',
    hint: 'Those that ask a running Llara over HTTP may then give tags and have folders read again. Your files stay as they are.',
    type: 'switch',
    default: false,
    applies: 'at-once',
    group: 'assistants',
  },
  quickSearchShortcut: {
    label: 'Shortcut of the quick search',
    hint: 'Empty for none.',
    type: 'text',
    default: 'CommandOrControl+Shift+Space',
    applies: 'at-once',
    group: 'desktop',
  },
  startAtLogin: {
    label: 'Start when I log in',
    type: 'switch',
    default: false,
    applies: 'at-once',
    group: 'desktop',
  },
  /** Whether the first-run guide was seen. */
  onboarded: {
    label: 'First-run guide seen',
    type: 'switch',
    default: false,
    applies: 'at-once',
    group: null,
  },
} as const satisfies Record<string, SettingFacts>;

type Table = typeof settingsTable;

export type SettingName = keyof Table;

/** Those that the settings screen shows. */
export type ShownSetting = {
  [Name in SettingName]: Table[Name]['group'] extends null ? never : Name;
}[SettingName];

/** Those of them that are chosen from a list. */
export type ShownChoice = {
  [Name in ShownSetting]: Table[Name]['type'] extends 'choice' ? Name : never;
}[ShownSetting];

export type ValueOf<Facts extends SettingFacts> = Facts extends { type: 'choice' }
  ? Extract<keyof Facts['options'], string>
  : Facts extends { type: 'switch' }
    ? boolean
    : Facts extends { type: 'number' }
      ? number
      : string;

export type Settings = { [Name in SettingName]: ValueOf<Table[Name]> };

export const settingNames = Object.keys(settingsTable) as SettingName[];

/** The facts without the narrow types of the table, for whoever asks about any setting. */
export function settingFacts(name: SettingName): SettingFacts {
  return settingsTable[name];
}

/** Names of a group's settings, in the order of the table. */
export function settingsOf(group: NonNullable<SettingFacts['group']>): ShownSetting[] {
  return shownSettings.filter((name) => settingFacts(name).group === group);
}

export const shownSettings = settingNames.filter(
  (name): name is ShownSetting => settingFacts(name).group !== null,
);
