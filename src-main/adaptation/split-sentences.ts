/** Sentences of a passage, by the platform's Unicode rules; fragments too short to say anything are left out. */

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

export type Sentence = { text: string; start: number; end: number; wordCount: number };

/** Offsets are UTF-16 offsets into `text`. */
export function splitSentences(text: string, minWords = 1): Sentence[] {
  const sentences: Sentence[] = [];
  for (const { segment, index } of segmenter.segment(text)) {
    const trimmed = segment.trim();
    const wordCount = trimmed ? trimmed.split(/\s+/).length : 0;
    if (wordCount >= minWords) {
      sentences.push({ text: trimmed, start: index, end: index + segment.length, wordCount });
    }
  }
  return sentences;
}
