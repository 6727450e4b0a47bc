/**
 * Cuts text into words by the rules of its script: scripts with spaces at what is neither letter nor digit, Chinese and Japanese into pairs
 * of characters (no dictionary, so that every machine cuts alike and no wrong cut hides a word), Thai and its neighbours by the
 * dictionary of Intl.Segmenter.
 */

export type WordScript = 'spaced' | 'hangul' | 'han' | 'unspaced';

/** `start` and `end` are UTF-16 offsets into the text. */
export type TextPiece = { text: string; start: number; end: number; script: WordScript };

const han = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3005\\u3007\\u30fc';
const unspaced = '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const hangul = '\\p{Script=Hangul}';
const piecePattern = new RegExp(
  `(?<han>[${han}]+)|(?<hangul>[${hangul}]+)|(?<unspaced>[${unspaced}]+)|[[\\p{Alphabetic}\\p{N}\\p{M}]--[${han}${unspaced}${hangul}]]+`,
  'gv',
);

let segmenter: Intl.Segmenter | undefined;

export function splitText(text: string): TextPiece[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test is for ASCII, which most text is and which is quicker to cut
  if (/^[\x00-\x7f]*$/.test(text)) return asciiWords(text);
  const pieces: TextPiece[] = [];
  for (const match of text.matchAll(piecePattern)) {
    const start = match.index;
    const end = start + match[0].length;
    if (match.groups?.han) pieces.push(...characterPairs(match[0], start));
    else if (match.groups?.unspaced) pieces.push(...dictionaryWords(match[0], start));
    else pieces.push({ text: match[0], start, end, script: match.groups?.hangul ? 'hangul' : 'spaced' });
  }
  return pieces;
}

function asciiWords(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    // Behind the end it is not a number, and so neither letter nor digit.
    const code = text.charCodeAt(at);
    const isPart = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
    if (isPart) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      pieces.push({ text: text.slice(start, at), start, end: at, script: 'spaced' });
      start = -1;
    }
  }
  return pieces;
}

/** Overlapping pairs; a character that stands alone is a word by itself. */
export function characterPairs(text: string, offset: number, script: WordScript = 'han'): TextPiece[] {
  const characters = Array.from(text);
  if (characters.length === 1) return [{ text, start: offset, end: offset + text.length, script }];
  const pieces: TextPiece[] = [];
  let start = offset;
  for (let index = 0; index + 1 < characters.length; index++) {
    const pair = (characters[index] as string) + (characters[index + 1] as string);
    pieces.push({ text: pair, start, end: start + pair.length, script });
    start += (characters[index] as string).length;
  }
  return pieces;
}

function dictionaryWords(text: string, offset: number): TextPiece[] {
  segmenter ??= new Intl.Segmenter('th', { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment, index }) => ({
    text: segment,
    start: offset + index,
    end: offset + index + segment.length,
    script: 'unspaced',
  }));
}
