/**
 * Reads HTML into running text with headings. Scripts, styles, navigation and hidden parts are left out; nothing is
 * fetched and no script runs.
 */
import { Parser } from 'htmlparser2';
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { factDate, listedValues, type StatedFacts } from '../extraction/document-facts.ts';
import { decodeText } from './decode-text.ts';
import type { Reader } from './reader.ts';

export const readHtml: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  const { facts } = addHtml(builder, decodeText(bytes, declaredEncoding(bytes)));
  return builder.finish({
    kind: 'html',
    facts,
    fileName,
    emptyReason: 'The page holds no text once scripts, styles and navigation are left out.',
  });
};

const dropped = new Set(
  'script style noscript template nav svg math iframe object embed canvas audio video map select button dialog datalist head'.split(
    ' ',
  ),
);
const paragraphs = new Set(
  'p div section article aside main header footer blockquote figure figcaption ul ol dl table form fieldset hr address details summary body html center'.split(
    ' ',
  ),
);
const lines = new Set('br li dt dd tr caption legend option'.split(' '));

/** Adds the text of `html` to `builder`; the answer is what its head states: title, authors, keywords, date, language. */
export const addHtml = (builder: DocumentBuilder, html: string): { facts: StatedFacts } => {
  const facts: StatedFacts = {};
  let title: string | undefined;
  let inTitle = false;
  let preformattedDepth = 0;
  let cellsInRow = 0;
  /** Next number of each open list, the innermost last; null for lists without numbers. */
  const listNumbers: (number | null)[] = [];
  /** Depth below the outermost dropped element; 0 while text counts. */
  let droppedDepth = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (name === 'title' && title === undefined) inTitle = true;
        else if (name === 'meta') noteMeta(facts, attributes);
        else if (name === 'html' && attributes.lang) facts.language = attributes.lang;
        if (name === 'body') droppedDepth = 0;
        if (droppedDepth > 0 || isDropped(name, attributes)) {
          droppedDepth++;
          return;
        }
        const level = headingLevel(name);
        if (level) builder.startHeading(level);
        else if (name === 'pre') {
          builder.breakParagraph();
          preformattedDepth++;
        } else if (paragraphs.has(name)) builder.breakParagraph();
        else if (lines.has(name)) builder.breakLine();
        if (name === 'ul') listNumbers.push(null);
        else if (name === 'ol') listNumbers.push(Number.parseInt(attributes.start ?? '1', 10) || 1);
        if (name === 'li') builder.addText(`${nextMarker(listNumbers)} `);
        if (name === 'tr') cellsInRow = 0;
        if ((name === 'td' || name === 'th') && cellsInRow++ > 0) builder.addText(' | ');
      },
      ontext(text) {
        if (inTitle) title = (title ?? '') + text;
        else if (droppedDepth > 0) return;
        else if (preformattedDepth > 0) builder.addVerbatim(text);
        else builder.addText(text);
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false;
        if (droppedDepth > 0) {
          droppedDepth--;
          return;
        }
        if (name === 'ul' || name === 'ol') listNumbers.pop();
        if (headingLevel(name)) builder.endHeading();
        else if (name === 'pre') {
          preformattedDepth = Math.max(0, preformattedDepth - 1);
          builder.breakParagraph();
        } else if (paragraphs.has(name)) builder.breakParagraph();
        else if (lines.has(name)) builder.breakLine();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  builder.endHeading();
  builder.breakParagraph();
  return { facts: { ...facts, title: title ?? facts.title } };
};

const noteMeta = (facts: StatedFacts, { name, property, content }: Record<string, string>): void => {
  const key = (name ?? property ?? '').toLowerCase();
  if (!content) return;
  if (/^(?:author|article:author|dc\.creator|citation_author)$/.test(key)) {
    facts.authors = [...(facts.authors ?? []), ...listedValues(content, /;/)];
  } else if (/^(?:keywords|article:tag|dc\.subject)$/.test(key)) {
    facts.tags = [...(facts.tags ?? []), ...listedValues(content)];
  } else if (/^(?:date|article:published_time|dc\.date(?:\.issued)?|citation_publication_date)$/.test(key)) {
    facts.date ??= factDate(content);
  } else if (key === 'og:title') facts.title = content;
};

const nextMarker = (listNumbers: (number | null)[]): string => {
  const number = listNumbers.at(-1) ?? null;
  if (number === null) return '-';
  listNumbers[listNumbers.length - 1] = number + 1;
  return `${number}.`;
};

const isDropped = (name: string, attributes: Record<string, string>): boolean =>
  dropped.has(name) ||
  'hidden' in attributes ||
  attributes['aria-hidden'] === 'true' ||
  attributes.role === 'navigation' ||
  /display:\s*none/i.test(attributes.style ?? '');

const headingLevel = (name: string): number => (/^h[1-6]$/.test(name) ? Number(name[1]) : 0);

const declaredEncoding = (bytes: Uint8Array): string | undefined =>
  /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(Buffer.from(bytes.subarray(0, 4096)).toString('latin1'))?.[1];
