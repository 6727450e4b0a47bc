/** The translations there are, each fetched only where it is spoken. */
import type { Strings } from '../strings.ts';
import type { Language } from '../text/page-language.ts';

const translations: Record<Exclude<Language, 'en'>, () => Promise<Strings>> = {
  de: async () => (await import('./languages/de.ts')).german,
  es: async () => (await import('./languages/es.ts')).spanish,
  fr: async () => (await import('./languages/fr.ts')).french,
  zh: async () => (await import('./languages/zh.ts')).chinese,
  ja: async () => (await import('./languages/ja.ts')).japanese,
};

/** Null for English, which the page speaks by itself. */
export async function loadTranslation(language: Language): Promise<Strings | null> {
  return language === 'en' ? null : await translations[language]();
}
