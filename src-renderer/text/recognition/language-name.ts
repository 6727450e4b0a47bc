/** The name of a language of Tesseract's in the page's own language; as the engine says it where there is no such name. */
import { pageLanguage } from '../page-language.ts';

const otherCodes: Record<string, string> = { chi_sim: 'zh-Hans', chi_tra: 'zh-Hant' };

export function languageName(
  { code, name }: { code: string; name: string },
  locale: string = pageLanguage,
): string {
  try {
    const tag = Intl.getCanonicalLocales(otherCodes[code] ?? code)[0]!;
    return new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(tag) ?? name;
  } catch {
    // A person's own file may be called anything.
    return name;
  }
}
