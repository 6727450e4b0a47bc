/** Marks a passage in rendered HTML by wrapping the text that carries it in `<mark>`; everything else stays as it is. */
import { findPassage, findWords, foldText, type PartRange } from './find-passage.ts';

const PASSAGE_CLASS = 'passage';
const WORD_CLASS = 'word';

/** Removes earlier marks first. Returns the first mark, or null where nothing of the passage is in `root`. */
export function markNodes(root: HTMLElement, passage: string, words: readonly string[]): HTMLElement | null {
  clearMarks(root);
  const document = root.ownerDocument;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  const parts = nodes.map((node) => node.data);
  const ranges = findPassage(foldText(parts), passage);
  const inner = findWords(parts, ranges, words);
  // From the end, so that offsets before a wrapped range stay true.
  for (const range of [...ranges].reverse()) {
    const wordsHere = inner.filter(
      (word) => word.part === range.part && word.start >= range.start && word.end <= range.end,
    );
    wrap(document, nodes[range.part]!, range, wordsHere);
  }
  return root.querySelector<HTMLElement>(`mark.${PASSAGE_CLASS}`);
}

function wrap(document: Document, node: Text, range: PartRange, words: readonly PartRange[]): void {
  node.splitText(range.end);
  const inside = node.splitText(range.start);
  const mark = document.createElement('mark');
  mark.className = PASSAGE_CLASS;
  inside.replaceWith(mark);
  let at = range.start;
  for (const word of words) {
    mark.append(inside.data.slice(at - range.start, word.start - range.start));
    const strong = document.createElement('mark');
    strong.className = WORD_CLASS;
    strong.textContent = inside.data.slice(word.start - range.start, word.end - range.start);
    mark.append(strong);
    at = word.end;
  }
  mark.append(inside.data.slice(at - range.start));
}

function clearMarks(root: HTMLElement): void {
  for (const mark of root.querySelectorAll(`mark.${PASSAGE_CLASS}, mark.${WORD_CLASS}`)) {
    mark.replaceWith(...mark.childNodes);
  }
  root.normalize();
}
