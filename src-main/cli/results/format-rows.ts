/** Results in the notations that other programs read: one JSON object a line, CSV, Markdown, XML, or the files alone. */
import papaparse from 'papaparse';
import type { ResultRow } from './result-rows.ts';

export const rowFormats = {
  ndjson: (rows) => rows.map((row) => JSON.stringify(row)).join('\n'),
  csv: (rows) =>
    papaparse.unparse([columns, ...rows.map((row) => columns.map((column) => row[column]))], {
      newline: '\n',
      // A cell that begins like a formula is not to be run by a spreadsheet.
      escapeFormulae: true,
    }),
  md: (rows) => byDocument(rows).map(markdownOf).join('\n\n'),
  files: (rows) => [...new Set(rows.map(({ path }) => path))].join('\n'),
  xml: (rows) =>
    [
      `<?xml version="1.0" encoding="UTF-8"?>`,
      '<results>',
      ...byDocument(rows).map(xmlOf),
      '</results>',
    ].join('\n'),
} as const satisfies Record<string, (rows: readonly ResultRow[]) => string>;

export type RowFormat = keyof typeof rowFormats;

const columns = [
  'query',
  'rank',
  'score',
  'certain',
  'title',
  'path',
  'page',
  'heading',
  'sentence',
  'text',
  'documentId',
  'link',
] as const satisfies (keyof ResultRow)[];

/** Rows of the same question and document, in the order found; none of the groups is empty. */
function byDocument(rows: readonly ResultRow[]): [ResultRow, ...ResultRow[]][] {
  const groups = Map.groupBy(rows, ({ query, rank }) => `${rank} ${query}`);
  return [...groups.values()] as [ResultRow, ...ResultRow[]][];
}

function markdownOf([first, ...others]: [ResultRow, ...ResultRow[]]): string {
  const passages = [first, ...others].map(({ page, heading, text, link }) => {
    const place = [
      ...(page === null ? [] : [`[page ${page}](${link})`]),
      ...(heading ? [escapeMarkdown(heading)] : []),
    ];
    const quoted = text.split('\n').map((line) => `> ${line}`.trimEnd());
    return [...(place.length > 0 ? [`${place.join(' · ')}\n`] : []), ...quoted].join('\n');
  });
  const head = `## ${first.rank}. [${escapeMarkdown(first.title || first.path)}](${first.link})\n\n\`${first.path}\``;
  return [head, ...passages].join('\n\n');
}

const escapeMarkdown = (text: string) => text.replaceAll(/[\\[\]*_`<>]/g, '\\$&').replaceAll(/\s+/g, ' ');

function xmlOf([first, ...others]: [ResultRow, ...ResultRow[]]): string {
  const passages = [first, ...others].map(({ page, heading, score, link, sentence, text }) =>
    [
      `    <passage${attributes({ page, heading: heading || null, score, link })}>`,
      ...(sentence === null ? [] : [`      <sentence>${escapeXml(sentence)}</sentence>`]),
      `      <text>${escapeXml(text)}</text>`,
      '    </passage>',
    ].join('\n'),
  );
  const { query, rank, title, path, documentId } = first;
  return [
    `  <document${attributes({ rank, query, title, path, id: documentId })}>`,
    ...passages,
    '  </document>',
  ].join('\n');
}

const attributes = (values: Record<string, string | number | null>) =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');

/** Control characters cannot stand in XML at all, escaped or not. */
const escapeXml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
