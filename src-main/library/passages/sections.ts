/** Cuts a document's text at its headings and says under which headings each part stands. */
import type { Heading } from '../../contract/libraries.ts';
import type { ExtractedDocument } from '../extraction/extracted-document.ts';

export type Section = {
  start: number;
  end: number;
  /** Headings in force, the highest first; the last one is where the section begins. */
  path: readonly Heading[];
  /** Counts the top headings passed so far. */
  topIndex: number;
};

/** Sections cover the text in order. A heading's own line is the beginning of its section. */
export const sectionsOf = ({ text, headings }: Pick<ExtractedDocument, 'text' | 'headings'>): Section[] => {
  const top = topLevel(headings);
  const sections: Section[] = [];
  let path: Heading[] = [];
  let topIndex = 0;
  let start = 0;
  for (const heading of headings) {
    if (heading.start > start) sections.push({ start, end: heading.start, path, topIndex });
    start = Math.max(start, heading.start);
    path = [...path.filter((above) => above.level < heading.level), heading];
    if (heading.level <= top) topIndex++;
  }
  if (start < text.length) sections.push({ start, end: text.length, path, topIndex });
  return sections;
};

/** The highest level used more than once: a single first-level heading is the document's title, not a division of it. */
const topLevel = (headings: readonly Heading[]): number => {
  const counts = new Map<number, number>();
  for (const { level } of headings) counts.set(level, (counts.get(level) ?? 0) + 1);
  const repeated = [...counts].filter(([, count]) => count > 1).map(([level]) => level);
  return Math.min(...(repeated.length > 0 ? repeated : counts.keys()));
};
