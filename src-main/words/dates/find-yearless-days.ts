/** Days without a year, as people write of this year's: "19 August", "le 3 mars", "May 20th", "8月19日". */
import { months } from './month-names.ts';

export type YearlessDay = { month: number; day: number; start: number; end: number };

/** Numbers are few where words are many, so that each is looked at with what stands on either side. */
const dayNumber = /(?<![\p{L}\d.,:/-])\d{1,2}(?!\d)/gu;
const nameAfter = /(?:st|nd|rd|th|er|º|\.)?\s+(?:of\s+|de\s+|d['’])?(\p{L}{3,})/uy;
const nameBefore = /(?<!\p{L})(\p{L}{3,})\.?\s+$/u;
const endOfDay = /(?:st|nd|rd|th)?(?![\p{L}\d]|[.,:/-]\d)/uy;
const chineseDay = /\s?[月월]\s?(\d{1,2})\s?[日号號일]/uy;
const longestName = 16;

/** Of three letters only these: others are ordinary words somewhere, as “10 out of 12” has October in Portuguese. */
const shortNames = new Set('jan feb mar apr may jun jul aug sep oct nov dec okt dez mai'.split(' '));
/** February of a leap year. */
const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** In the order of the text. A day that has a year is among them: whoever asks leaves it out. */
export function findYearlessDays(text: string): YearlessDay[] {
  const found: YearlessDay[] = [];
  for (const match of text.matchAll(dayNumber)) {
    const day = readAfter(text, match) ?? readBefore(text, match) ?? readChinese(text, match);
    if (day && day.day > 0 && day.day <= (daysOf[day.month - 1] ?? 0)) found.push(day);
  }
  return found;
}

function readAfter(text: string, { 0: number, index }: RegExpExecArray): YearlessDay | null {
  const name = matchAt(nameAfter, text, index + number.length);
  const month = name && monthOf(name[1] as string);
  return month ? { month, day: Number(number), start: index, end: nameAfter.lastIndex } : null;
}

function readBefore(text: string, { 0: number, index }: RegExpExecArray): YearlessDay | null {
  const name = nameBefore.exec(text.slice(Math.max(0, index - longestName), index));
  const month = name && monthOf(name[1] as string);
  if (!month || !matchAt(endOfDay, text, index + number.length)) return null;
  return { month, day: Number(number), start: index - name[0].length, end: endOfDay.lastIndex };
}

function readChinese(text: string, { 0: number, index }: RegExpExecArray): YearlessDay | null {
  const day = matchAt(chineseDay, text, index + number.length);
  return day && { month: Number(number), day: Number(day[1]), start: index, end: chineseDay.lastIndex };
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function monthOf(name: string): number | undefined {
  const lowered = name.toLowerCase();
  return lowered.length > 3 || shortNames.has(lowered) ? months().get(lowered) : undefined;
}
