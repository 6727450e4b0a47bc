/** Sentences of a passage, by the platform's Unicode rules; fragments too short to say anything are left out. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Old transcripts set their full stops apart and begin in lower case, which the Unicode rules do not take for an end. */
const detachedStop = /\s[.!?]\s+/g;

export type Sentence = { text: string; start: number; end: number; wordCount: number };

/** Offsets are UTF-16 offsets into `text`. */
export function splitSentences(text: string, minWords = 1): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    const ends = [...segment.matchAll(detachedStop)].map((match) => match.index + match[0].length);
    let start = 0;
    for (const end of [...ends, segment.length]) {
      const trimmed = segment.slice(start, end).trim();
      const wordCount = trimmed.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
      if (wordCount >= Math.max(1, minWords)) {
        sentences.push({ text: trimmed, start: index + start, end: index + end, wordCount });
      }
      start = end;
    }
  }
  return sentences;
}
