/**
 * The sentence of a passage that answers: by the words of the question that stand in it, and by how near the passage's parts are to the question, where
 * words say little. Headings that the passage begins with answer nothing; they are shown beside it.
 */
import type { TextRange } from '../contract/search.ts';
import { passageText } from '../library/passages/passage-text.ts';
import { sentenceSpans } from '../library/passages/sentence-spans.ts';
import type { WordMark } from './words/mark-words.ts';

export type PassageEvidence = {
  text: string;
  headingPath: readonly string[];
  marks: readonly WordMark[];
  /** Nats that the words of the question say together. */
  information: number;
  /** How near each part is to the question, in order: even parts of what the encoder got. None where vectors did not find the passage. */
  partScores?: readonly number[];
};

/** Of equally good sentences the one with more of the words, then the earlier one. */
const repetitionWorth = 0.01;
/** What the nearest part counts beside all words of the question. */
const meaningWorth = 0.5;

/** Offsets into the text, of which what stands before `from` is left out; null where nothing in it tells of the question. */
export function answeringSentence(
  evidence: PassageEvidence,
  from = endOfHeadings(evidence),
): TextRange | null {
  const { text, marks, information } = evidence;
  const nearness = nearnessOf(evidence);
  let best: { range: TextRange; worth: number } | null = null;
  for (const { start, end } of sentenceSpans(text, from, text.length)) {
    const words = information > 0 ? worthOf(marks, start, end) / information : 0;
    const worth = words + meaningWorth * nearness(start, end);
    if (worth > (best?.worth ?? 0) + 1e-9) best = { range: { start, end }, worth };
  }
  return best?.range ?? null;
}

/** The information of the different words that stand there. */
export function worthOf(marks: readonly WordMark[], start: number, end: number): number {
  const inside = marks.filter((mark) => mark.start >= start && mark.end <= end);
  const words = new Set(inside.map(({ word }) => word));
  let worth = inside.length * repetitionWorth;
  for (const { information, isVariant } of words) worth += isVariant ? information / 2 : information;
  return worth;
}

/** Where the passage's own text begins: behind the headings in force, unless it holds nothing else. */
export function endOfHeadings({ text, headingPath }: Pick<PassageEvidence, 'text' | 'headingPath'>): number {
  let at = 0;
  for (;;) {
    const rest = text.slice(at).trimStart();
    const from = text.length - rest.length;
    if (rest === '') return 0;
    const heading = headingPath.find(
      (title) =>
        title !== '' &&
        rest.slice(0, title.length).toLowerCase() === title.toLowerCase() &&
        /^\s*(?:\n|$)/u.test(rest.slice(title.length)),
    );
    if (heading === undefined) return from;
    at = from + heading.length;
  }
}

/** Of a sentence, 0 for the farthest part and 1 for the nearest; a sentence over several counts each by what it holds of it. */
function nearnessOf({
  text,
  headingPath,
  partScores,
}: PassageEvidence): (start: number, end: number) => number {
  if (!partScores || partScores.length < 2) return () => 0;
  const [least, most] = [Math.min(...partScores), Math.max(...partScores)];
  if (most <= least) return () => 0;
  const encoded = passageText({ headingPath, text }).length;
  const before = encoded - text.length;
  const width = encoded / partScores.length;
  return (start, end) => {
    let sum = 0;
    for (const [index, score] of partScores.entries()) {
      const shared = Math.min(before + end, (index + 1) * width) - Math.max(before + start, index * width);
      if (shared > 0) sum += (shared * (score - least)) / (most - least);
    }
    return sum / (end - start);
  };
}
