/** A word of a text as the index knows it. */

export type TextToken = {
  /** Forms under which it is found, without white space: its stem first, then parts and other spellings. */
  terms: readonly string[];
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
};
