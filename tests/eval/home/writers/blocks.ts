/** Reads the short notation of a document's parts into what every writer writes. */
import { type HomeDocument, type Part, textOf } from '../home-document.ts';

export type Block =
  | { type: 'heading' | 'paragraph' | 'item'; text: string }
  | { type: 'row'; cells: readonly string[] };

export function blocksOf(body: readonly Part[]): Block[] {
  return body.map((part) => {
    const text = textOf(part);
    if (text.startsWith('## ')) return { type: 'heading', text: text.slice(3) };
    if (text.startsWith('- ')) return { type: 'item', text: text.slice(2) };
    if (text.startsWith('| '))
      return {
        type: 'row',
        cells: text
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      };
    return { type: 'paragraph', text };
  });
}

/** Under its headings; what comes before the first one has none. */
export function sectionsOf(body: readonly Part[]): { title: string; blocks: Block[] }[] {
  const sections: { title: string; blocks: Block[] }[] = [{ title: '', blocks: [] }];
  for (const block of blocksOf(body)) {
    if (block.type === 'heading') sections.push({ title: block.text, blocks: [] });
    else sections.at(-1)!.blocks.push(block);
  }
  return sections.filter(({ title, blocks }) => title !== '' || blocks.length > 0);
}

export const lineOf = (block: Block): string => (block.type === 'row' ? block.cells.join(' | ') : block.text);

/** Without front matter. */
export function markdownOf({ title, body = [] }: Pick<HomeDocument, 'title' | 'body'>): string {
  const lines = blocksOf(body).map((block) => {
    if (block.type === 'heading') return `## ${block.text}`;
    if (block.type === 'item') return `- ${block.text}`;
    return block.type === 'row' ? `| ${block.cells.join(' | ')} |` : block.text;
  });
  return [...(title ? [`# ${title}`] : []), ...lines].join('\n\n').concat('\n');
}

/** A slide for the title and one for each section. */
export function slidesOf({ title = '', body = [] }: HomeDocument): { title: string; lines: string[] }[] {
  const sections = sectionsOf(body).map((section) => ({
    title: section.title || title,
    lines: section.blocks.map(lineOf),
  }));
  return [{ title, lines: [] }, ...sections];
}
