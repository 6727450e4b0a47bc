/**
 * Cleans what a file states about itself: drops placeholders that programs fill in, and values that cannot be
 * true.
 */
import type { DocumentFacts } from '../../contract/libraries.ts';
import { sensibleTitle } from './choose-title.ts';

export type StatedFacts = { [Key in keyof DocumentFacts]?: DocumentFacts[Key] | undefined };

const maxValues = 50;
const maxLength = 500;

/** Undefined where nothing worth keeping is stated. */
export const tidyFacts = (stated: StatedFacts): DocumentFacts | undefined => {
  const facts: DocumentFacts = { authors: values(stated.authors).filter(isName), tags: values(stated.tags) };
  const title = sensibleTitle(stated.title);
  if (title) facts.title = title;
  for (const key of ['from', 'to', 'language'] as const) {
    const value = oneLine(stated[key] ?? '');
    if (value !== '') facts[key] = value;
  }
  const { date } = stated;
  if (date !== undefined && isPlausible(date)) facts.date = date;
  const hasAny = Object.keys(facts).length > 2 || facts.authors.length + facts.tags.length > 0;
  return hasAny ? facts : undefined;
};

/** Milliseconds since 1970 of a date as files write it, or undefined. A date without a time is midnight UTC. */
export const factDate = (stated: unknown): number | undefined => {
  const time = stated instanceof Date ? stated.getTime() : Date.parse(String(stated ?? '').trim());
  return Number.isNaN(time) ? undefined : time;
};

/** Separate values from one line such as `Ann Ames; Bert Bee` or `kiln, glaze`. */
export const listedValues = (line: string | undefined, separator: RegExp = /[;,]/): string[] =>
  (line ?? '').split(separator);

const values = (stated: readonly string[] | undefined): string[] =>
  [...new Set((stated ?? []).map(oneLine).filter((value) => value !== ''))].slice(0, maxValues);

const oneLine = (value: string): string =>
  value.replace(/\s+/g, ' ').trim().slice(0, maxLength).toWellFormed();

/** Programs sign for people who left the field empty. */
const isName = (author: string): boolean =>
  /\p{L}/u.test(author) &&
  !/^[([]?(?:anonymous|unknown|author|user|admin(?:istrator)?|none|owner|python-docx|apache poi|openpyxl|microsoft office user|un-named)[)\]]?$/iu.test(
    author,
  );

/** Broken fields give years such as 1601 and 9999; a transcribed letter of 1780 is possible. */
const isPlausible = (time: number): boolean => {
  const year = new Date(time).getUTCFullYear();
  return Number.isFinite(time) && year >= 1700 && year <= 2200;
};
