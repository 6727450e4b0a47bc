/** Composes paragraphs that answer nothing out of the sentences of a genre and a language. */
import { type Random, shuffled } from '../../../../src-main/common/seeded-random.ts';
import type { Genre, Language } from '../home-document.ts';
import { englishSentences } from './english-sentences.ts';
import { names, otherSentences } from './other-sentences.ts';

/** `all`: of every genre, for long documents. */
export type FillerText = { genre: Genre | 'all'; language: Language; paragraphs: number; sentences: number };

/** No sentence twice; fewer paragraphs where the genre has no more sentences. */
export function fillerParagraphs(
  random: Random,
  { genre, language, paragraphs, sentences }: FillerText,
): string[] {
  const english = genre === 'all' ? Object.values(englishSentences).flat() : englishSentences[genre];
  const pool = shuffled(language === 'en' ? english : otherSentences[language], random);
  const chosen = pool
    .slice(0, paragraphs * sentences)
    .map((sentence) => fillGaps(random, sentence, language));
  const separator = language === 'zh' ? '' : ' ';
  return Array.from({ length: Math.ceil(chosen.length / sentences) }, (_, at) =>
    chosen.slice(at * sentences, (at + 1) * sentences).join(separator),
  );
}

export function fillGaps(random: Random, text: string, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (_, gap: string) => gapValue(random, gap, language));
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)]!;
}

function gapValue(random: Random, gap: string, language: Language): string {
  const own = names[language];
  const year = () => String(2012 + random.below(13));
  switch (gap) {
    case 'person':
      return pick(random, own.people);
    case 'place':
      return pick(random, own.places);
    case 'firm':
      return pick(random, own.firms);
    case 'item':
      return pick(random, own.items);
    case 'month':
      return pick(random, own.months);
    case 'day':
      return pick(random, own.days);
    case 'year':
      return year();
    case 'number':
      return String(2 + random.below(28));
    case 'time':
      return `${8 + random.below(11)}${language === 'fr' ? 'h' : ':'}${pick(random, ['00', '15', '30', '45'])}`;
    case 'code':
      return `${pick(random, ['AK', 'NR', 'VB', 'ZT', 'PL'])}-${1000 + random.below(9000)}-${10 + random.below(90)}`;
    case 'money':
      return money(random, language);
    case 'date':
      return date(random, language, year());
    default:
      throw new Error(`Filler has no values for {${gap}}.`);
  }
}

function money(random: Random, language: Language): string {
  const whole = 12 + random.below(1900);
  const cents = String(random.below(100)).padStart(2, '0');
  if (language === 'en') return `£${whole}.${cents}`;
  if (language === 'zh') return `${whole}元`;
  return language === 'de' ? `${whole},${cents} Euro` : `${whole},${cents} euros`;
}

function date(random: Random, language: Language, year: string): string {
  const day = 1 + random.below(28);
  const month = pick(random, names[language].months);
  if (language === 'zh') return `${year}年${month}${day}日`;
  if (language === 'de') return `${day}. ${month} ${year}`;
  return language === 'es' ? `${day} de ${month} de ${year}` : `${day} ${month} ${year}`;
}
