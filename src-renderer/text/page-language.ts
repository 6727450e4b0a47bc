/** Which language the page speaks: as set, else the first of the system's languages that there is a translation for, else English. */
import { languageNames, type Settings } from '../../src-main/contract/tables/settings-table.ts';

export type Language = keyof typeof languageNames;

const STORAGE_KEY = 'language';

export function languageFor(setting: string | null, system: readonly string[]): Language {
  const wanted = setting === null || setting === 'system' ? system : [setting];
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0]!;
    if (Object.hasOwn(languageNames, language)) return language as Language;
  }
  return 'en';
}

/** The setting as this page knew it when it was opened; the engine's own comes later. */
export function storedLanguage(): Settings['language'] {
  return (localStorage.getItem(STORAGE_KEY) ?? 'system') as Settings['language'];
}

export function storeLanguage(setting: Settings['language']): void {
  localStorage.setItem(STORAGE_KEY, setting);
}

/** Fixed as long as the page is open: another language begins with a page that is loaded anew. */
export const pageLanguage: Language = !('document' in globalThis)
  ? 'en'
  : languageFor(storedLanguage(), navigator.languages);
