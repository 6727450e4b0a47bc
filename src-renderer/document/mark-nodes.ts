/**
 * Marks a passage in rendered HTML by wrapping the text that carries it in `<mark>`, the sentence that answers and the
 * words of the question in marks of their own within; everything else stays as it is.
 */
import { findPassage, findSentence, findWords, foldText, type PartRange } from './find-passage.ts';

const PASSAGE_CLASS = 'passage';
const SENTENCE_CLASS = 'sentence';
const WORD_CLASS = 'word';

export interface PassageToMark {
  readonly text: string;
  readonly sentence: string | null;
  readonly matchedWords: readonly string[];
}

/** Removes earlier marks first. Returns the answering sentence's mark, else the first, or null where nothing of the passage is in `root`. */
export function markNodes(root: HTMLElement, passage: PassageToMark): HTMLElement | null {
  clearMarks(root);
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  const parts = nodes.map((node) => node.data);
  const folded = foldText(parts);
  const ranges = findPassage(folded, passage.text);
  const sentence = passage.sentence === null ? [] : findSentence(folded, passage.text, passage.sentence);
  const words = findWords(parts, ranges, passage.matchedWords);
  // From the end, so that offsets before a wrapped range stay true.
  for (const range of [...ranges].reverse()) {
    const inside = (other: PartRange) =>
      other.part === range.part && other.start < range.end && other.end > range.start;
    wrap(nodes[range.part]!, range, sentence.filter(inside), words.filter(inside));
  }
  return (
    root.querySelector<HTMLElement>(`mark.${SENTENCE_CLASS}`) ??
    root.querySelector<HTMLElement>(`mark.${PASSAGE_CLASS}`)
  );
}

function wrap(
  node: Text,
  range: PartRange,
  sentences: readonly PartRange[],
  words: readonly PartRange[],
): void {
  node.splitText(range.end);
  const inside = node.splitText(range.start);
  const passage = markOf(node.ownerDocument, PASSAGE_CLASS);
  inside.replaceWith(passage);
  const within = (ranges: readonly PartRange[], at: number) =>
    ranges.some(({ start, end }) => at >= start && at < end);
  const ends = [...sentences, ...words]
    .flatMap(({ start, end }) => [start, end])
    .filter((at) => at > range.start && at < range.end);
  const cuts = [...new Set([range.start, ...ends, range.end])].sort((a, b) => a - b);
  let holder = passage;
  for (const [index, start] of cuts.slice(0, -1).entries()) {
    const text = inside.data.slice(start - range.start, cuts[index + 1]! - range.start);
    const isSentence = within(sentences, start);
    if (isSentence && holder === passage) {
      holder = markOf(node.ownerDocument, SENTENCE_CLASS);
      passage.append(holder);
    } else if (!isSentence) holder = passage;
    if (within(words, start)) {
      const word = markOf(node.ownerDocument, WORD_CLASS);
      word.textContent = text;
      holder.append(word);
    } else holder.append(text);
  }
}

function markOf(document: Document, className: string): HTMLElement {
  const mark = document.createElement('mark');
  mark.className = className;
  return mark;
}

/** Takes away what `markNodes` has added. */
export function clearMarks(root: HTMLElement): void {
  const ours = [PASSAGE_CLASS, SENTENCE_CLASS, WORD_CLASS].map((name) => `mark.${name}`).join(', ');
  for (const mark of root.querySelectorAll(ours)) mark.replaceWith(...mark.childNodes);
  root.normalize();
}
