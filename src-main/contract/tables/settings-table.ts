/**
 * Every setting there is, in one table of plain facts: the schemas of the contract, the defaults and the page's screen
 * derive from it. What a setting is called is in the page's strings, under the same name.
 */

/** `after-restart` where what the setting is about is opened at the start; the page says so. */
interface Shared {
  readonly applies: 'at-once' | 'after-restart';
  /** Which part of the settings screen shows it; null for what is no matter of choice. */
  readonly group: 'appearance' | 'indexing' | 'computing' | 'answers' | 'desktop' | null;
}

export type SettingFacts = Shared &
  (
    | { readonly type: 'switch'; readonly default: boolean }
    | { readonly type: 'number'; readonly least: number; readonly whole: boolean; readonly default: number }
    | { readonly type: 'choice'; readonly options: readonly string[]; readonly default: string }
    | { readonly type: 'text'; readonly default: string }
  );

export const settingsTable = {
  theme: {
    type: 'choice',
    options: ['system', 'light', 'dark'],
    default: 'system',
    applies: 'at-once',
    group: 'appearance',
  },
  /** Of the page's own words; `system` takes the first of the system's languages that there is a translation for. */
  language: {
    type: 'choice',
    options: ['system', 'en', 'de', 'es', 'fr', 'zh', 'ja'],
    default: 'system',
    applies: 'at-once',
    group: 'appearance',
  },
  resultTextSize: {
    type: 'choice',
    options: ['small', 'normal', 'large'],
    default: 'normal',
    applies: 'at-once',
    group: 'appearance',
  },
  watchFolders: { type: 'switch', default: true, applies: 'at-once', group: 'indexing' },
  pauseOnBattery: { type: 'switch', default: true, applies: 'at-once', group: 'indexing' },
  maxFileMegabytes: {
    type: 'number',
    least: 1,
    whole: false,
    default: 200,
    applies: 'at-once',
    group: 'indexing',
  },
  fileTimeoutSeconds: {
    type: 'number',
    least: 1,
    whole: false,
    default: 60,
    applies: 'at-once',
    group: 'indexing',
  },
  /** CPU threads the encoder and the trainer may use; 0 means as many as the machine has performance cores for. */
  threads: {
    type: 'number',
    least: 0,
    whole: true,
    default: 0,
    applies: 'after-restart',
    group: 'computing',
  },
  device: { type: 'text', default: 'auto', applies: 'after-restart', group: 'computing' },
  /** Who writes answers: nobody, a server of this machine, or a model file. */
  chatSource: {
    type: 'choice',
    options: ['none', 'server', 'model'],
    default: 'none',
    applies: 'at-once',
    group: 'answers',
  },
  /** Address of a server that speaks OpenAI's form; of this machine alone. */
  chatServer: { type: 'text', default: 'http://127.0.0.1:11434', applies: 'at-once', group: 'answers' },
  /** Which of the server's models; empty for the first that it names. */
  chatServerModel: { type: 'text', default: '', applies: 'at-once', group: 'answers' },
  /** Id of a chat model's file; empty for the only one there is. */
  chatModel: { type: 'text', default: '', applies: 'at-once', group: 'answers' },
  /** Empty for none. */
  quickSearchShortcut: {
    type: 'text',
    default: 'CommandOrControl+Shift+Space',
    applies: 'at-once',
    group: 'desktop',
  },
  startAtLogin: { type: 'switch', default: false, applies: 'at-once', group: 'desktop' },
  /** Whether the first-run guide was seen. */
  onboarded: { type: 'switch', default: false, applies: 'at-once', group: null },
} as const satisfies Record<string, SettingFacts>;

type Table = typeof settingsTable;

export type SettingName = keyof Table;

/** Those that the settings screen shows. */
export type ShownSetting = {
  [Name in SettingName]: Table[Name]['group'] extends null ? never : Name;
}[SettingName];

export type ValueOf<Facts extends SettingFacts> = Facts extends { type: 'choice' }
  ? Facts['options'][number]
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
  return settingNames.filter((name): name is ShownSetting => settingFacts(name).group === group);
}
