/** Reads a PDF's outline (bookmarks) as a flat list with levels and pages. A damaged outline counts as none. */
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import type { OutlineEntry } from './pdf-headings.ts';

const maxEntries = 2000;
const maxLevel = 6;

type OutlineNode = { title: string; dest: string | unknown[] | null; items: OutlineNode[] };

export const readOutline = async (document: PDFDocumentProxy): Promise<OutlineEntry[]> => {
  const entries: OutlineEntry[] = [];
  const visit = async (nodes: readonly OutlineNode[], level: number): Promise<void> => {
    for (const node of nodes) {
      if (entries.length >= maxEntries) return;
      const pageIndex = await pageOf(document, node.dest);
      const title = node.title.replace(/\s+/g, ' ').trim();
      if (pageIndex !== null && title !== '') entries.push({ title, level, pageIndex });
      if (level < maxLevel) await visit(node.items, level + 1);
    }
  };
  try {
    await visit(((await document.getOutline()) ?? []) as OutlineNode[], 1);
  } catch {
    // Headings are then told from the type alone.
    return [];
  }
  return entries;
};

const pageOf = async (
  document: PDFDocumentProxy,
  destination: OutlineNode['dest'],
): Promise<number | null> => {
  try {
    const explicit =
      typeof destination === 'string' ? await document.getDestination(destination) : destination;
    const page: unknown = explicit?.[0];
    if (typeof page === 'number') return page;
    if (page === null || typeof page !== 'object') return null;
    return await document.getPageIndex(page as { num: number; gen: number });
  } catch {
    // An entry that leads nowhere is left out.
    return null;
  }
};
