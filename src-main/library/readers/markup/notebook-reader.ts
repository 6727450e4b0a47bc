/** Reads Jupyter notebooks (nbformat 3 and 4): text, code and what it printed, in the order of the cells. Pictures and data of widgets are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import { addMarkdown } from '../markdown-reader.ts';
import type { Reader } from '../reader.ts';

type Notebook = {
  metadata?: {
    title?: unknown;
    authors?: { name?: unknown }[];
    kernelspec?: { language?: unknown };
    language_info?: { name?: unknown };
  };
  cells?: Cell[];
  worksheets?: { cells?: Cell[] }[];
};
type Cell = { cell_type?: unknown; source?: unknown; input?: unknown; level?: unknown; outputs?: Output[] };
type Output = { text?: unknown; data?: Record<string, unknown>; evalue?: unknown };

/** What a cell printed is seldom looked for, and may be without end. */
const maxOutputCharacters = 2000;

export const readNotebook: Reader = async ({ bytes, fileName }) => {
  const notebook = JSON.parse(decodeText(bytes)) as Notebook | null;
  const cells = notebook?.cells ?? notebook?.worksheets?.flatMap((sheet) => sheet.cells ?? []);
  if (!Array.isArray(cells))
    return { state: 'failed', reason: 'The file has no cells, so it is no notebook.' };
  const builder = new DocumentBuilder();
  for (const cell of cells) addCell(builder, cell);
  const { metadata } = notebook ?? {};
  const language = metadata?.language_info?.name ?? metadata?.kernelspec?.language;
  return builder.finish({
    kind: 'notebook',
    facts: {
      title: typeof metadata?.title === 'string' ? metadata.title : undefined,
      authors: Array.isArray(metadata?.authors) ? metadata.authors.map((author) => joined(author?.name)) : [],
    },
    keywords: typeof language === 'string' ? [language] : [],
    fileName,
    emptyReason: 'The notebook holds no text.',
  });
};

const addCell = (builder: DocumentBuilder, cell: Cell | null): void => {
  const source = joined(cell?.source ?? cell?.input);
  builder.breakParagraph();
  if (cell?.cell_type === 'markdown') addMarkdown(builder, source);
  else if (cell?.cell_type === 'heading') {
    builder.startHeading(Math.min(6, Math.max(1, Number(cell.level) || 1)));
    builder.addText(source);
    builder.endHeading();
  } else builder.addLines(source.split('\n').map((text) => ({ text })));
  for (const output of Array.isArray(cell?.outputs) ? cell.outputs : []) {
    const text = joined(output?.text ?? output?.data?.['text/plain'] ?? output?.evalue);
    if (text === '') continue;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals' colours are no text
    const plain = text.replace(/\u001b\[[\d;]*m/g, '').slice(0, maxOutputCharacters);
    builder.addLines(plain.split('\n').map((line) => ({ text: line })));
  }
};

/** Text is written whole or as a list of its lines. */
const joined = (text: unknown): string =>
  Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '';
