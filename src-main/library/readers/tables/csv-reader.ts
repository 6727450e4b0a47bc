/** Reads tables written as text (CSV, TSV): what parts the cells, and how they are quoted, is found out from the text. */
import { extname } from 'node:path';
import Papa from 'papaparse';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { addSheet } from './add-sheet.ts';

export const readCsv: Reader = async ({ bytes, fileName }) => {
  const source = decodeText(bytes);
  // Excel writes the separator into a first line of its own.
  const stated = /^sep=(.)\n/i.exec(source);
  const delimiter = stated?.[1] ?? (/^\.(?:tsv|tab)$/i.test(extname(fileName)) ? '\t' : '');
  const { data } = Papa.parse<string[]>(stated ? source.slice(stated[0].length) : source, {
    delimiter,
    delimitersToGuess: [',', ';', '\t', '|'],
  });
  const builder = new DocumentBuilder();
  addSheet(builder, { name: null, rows: data });
  return builder.finish({ kind: 'csv', fileName, emptyReason: 'The table holds no text.' });
};
