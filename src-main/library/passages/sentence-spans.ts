/**
 * Finds the sentences of a text; where there are none, as in lists, tables and code, its lines. Sentence ends are
 * Unicode's (UAX 29), less those after abbreviations and initials.
 */

/** UTF-16 offsets; no white space at either end. */
export type TextSpan = {
  start: number;
  end: number;
  /** First of its paragraph. */
  opensParagraph: boolean;
};

/** A span of text with its token count. */
export type WeighedSpan = TextSpan & { tokens: number };

/** Spans of `text` from `start` to `end` in order; only white space lies between them. */
export const sentenceSpans = (text: string, start: number, end: number): TextSpan[] => {
  const spans: TextSpan[] = [];
  const paragraphEnds = /\n[ \t]*\n\s*/g;
  paragraphEnds.lastIndex = start;
  let from = start;
  while (from < end) {
    const match = paragraphEnds.exec(text);
    const to = match && match.index < end ? match.index : end;
    addParagraph(spans, text, from, to);
    from = match && match.index < end ? Math.min(end, match.index + match[0].length) : end;
  }
  return spans;
};

const addParagraph = (spans: TextSpan[], text: string, from: number, to: number): void => {
  const paragraph = text.slice(from, to);
  if (paragraph.trim() === '') return;
  const before = spans.length;
  if (isLineByLine(paragraph)) addLines(spans, paragraph, from);
  else addSentences(spans, paragraph, from);
  const first = spans[before];
  if (first) first.opensParagraph = true;
};

/** Lists, tables and code: their lines are the units, not what looks like a sentence. */
const isLineByLine = (paragraph: string): boolean => {
  if (!paragraph.includes('\n')) return false;
  const lines = paragraph.split('\n');
  const marked = lines.filter((line) =>
    /^\s*(?:[-*+•▪◦–—]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s|>|\||#)|\t| \| |[{};]\s*$|^(?: {4}|\t)\S/u.test(
      line,
    ),
  ).length;
  return marked >= lines.length * 0.4;
};

const addLines = (spans: TextSpan[], paragraph: string, offset: number): void => {
  let lineStart = 0;
  for (const line of paragraph.split('\n')) {
    // A long line, such as a list item of several sentences, is cut like prose.
    if (line.length > 400) addSentences(spans, line, offset + lineStart);
    else addTrimmed(spans, line, offset + lineStart);
    lineStart += line.length + 1;
  }
};

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });

const addSentences = (spans: TextSpan[], paragraph: string, offset: number): void => {
  // A single newline is only where the line was full; as a space of the same length it ends no sentence.
  const flowing = paragraph.replaceAll('\n', ' ');
  let pending = '';
  let pendingStart = 0;
  for (const { segment, index } of segmenter.segment(flowing)) {
    if (pending === '') pendingStart = index;
    pending += segment;
    if (endsWithAbbreviation(pending)) continue;
    addTrimmed(spans, pending, offset + pendingStart);
    pending = '';
  }
  addTrimmed(spans, pending, offset + pendingStart);
};

const addTrimmed = (spans: TextSpan[], piece: string, offset: number): void => {
  const trimmed = piece.trim();
  if (trimmed === '') return;
  const start = offset + piece.indexOf(trimmed[0]!);
  spans.push({ start, end: start + trimmed.length, opensParagraph: false });
};

/** After these a full stop seldom ends a sentence. Single capitals are initials. */
const abbreviation =
  /(?:^|[\s("'“‘[])(?:\p{Lu}|mr|mrs|ms|dr|prof|st|sr|jr|rev|gen|col|capt|lt|hon|no|nr|nos|vol|fig|figs|eq|eqs|sec|ch|pp?|art|ed|eds|vs|cf|ca|approx|e\.g|i\.e|al|inc|ltd|co|corp|bros|dept|est|incl|excl|resp|z\.\s?b|d\.\s?h|u\.\s?a|bzw|ggf|vgl|abs|str|tel|mme|mlle|art)\.\s*$/iu;

const endsWithAbbreviation = (sentence: string): boolean => {
  const tail = sentence.slice(-16);
  if (!/\.\s*$/.test(tail)) return false;
  const match = abbreviation.exec(tail);
  if (!match) return false;
  // The case-insensitive pattern would take any single letter for an initial.
  const letters = match[0].replace(/[^\p{L}]/gu, '');
  return letters.length > 1 || /\p{Lu}/u.test(letters);
};
