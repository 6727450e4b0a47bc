/** When two spellings are one tag: the library, the terminal and the page must agree. */
import { foldWord } from './fold-word.ts';

/** Spellings that differ by capitals or accents alone are one tag. */
export const isSameTag = (one: string, other: string): boolean => keyOfTag(one) === keyOfTag(other);

export const keyOfTag = (tag: string): string => foldWord(tag).trim();
