/** Reads OpenDocument spreadsheets: every sheet, cells as they are shown. Remarks on cells are left out. */
import { chooseTitle } from '../../extraction/choose-title.ts';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { documentProperties } from '../office/document-properties.ts';
import type { Reader } from '../reader.ts';
import { parseXml } from '../xml.ts';
import { readZipParts } from '../zip-parts.ts';
import { addSheet, type Sheet } from './add-sheet.ts';

const wantedParts = new Set(['content.xml', 'meta.xml', 'META-INF/manifest.xml']);

export const readOds: Reader = async ({ bytes, fileName }) => {
  const parts = await readZipParts(bytes, (name) => wantedParts.has(name));
  if (parts.get('META-INF/manifest.xml')?.includes('encryption-data')) {
    return { state: 'encrypted', reason: 'The spreadsheet is protected by a password.' };
  }
  const content = parts.get('content.xml');
  if (content === undefined) {
    return {
      state: 'failed',
      reason: 'The archive has no content.xml, so it is no OpenDocument spreadsheet.',
    };
  }
  const builder = new DocumentBuilder();
  for (const sheet of readSheets(content)) addSheet(builder, sheet);
  const facts = documentProperties(parts.get('meta.xml') ?? '');
  return builder.finish({
    kind: 'ods',
    facts,
    // The name of the first sheet says nothing of the others.
    title: chooseTitle(facts.title, undefined, fileName),
    fileName,
    emptyReason: 'The sheets hold no text.',
  });
};

/** Programs fill a sheet up to its last row and column with one repeated empty cell; what is written is far less. */
const maxColumns = 16_384;
const maxRows = 1_048_576;
const maxRepeatedRows = 1000;

const readSheets = (xml: string): Sheet[] => {
  const sheets: { name: string; rows: string[][] }[] = [];
  let row: string[] = [];
  let rowRepeats = 1;
  let cell = '';
  let cellRepeats = 1;
  let emptyBefore = 0;
  let cellDepth = 0;
  let remarkDepth = 0;
  let emptyRows = 0;
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'table:table') {
        sheets.push({ name: attributes['table:name'] ?? '', rows: [] });
        emptyRows = 0;
      } else if (name === 'table:table-row') {
        row = [];
        emptyBefore = 0;
        rowRepeats = Number(attributes['table:number-rows-repeated'] ?? 1) || 1;
      } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
        cell = '';
        cellDepth++;
        cellRepeats = Number(attributes['table:number-columns-repeated'] ?? 1) || 1;
      } else if (name === 'office:annotation') remarkDepth++;
      else if (name === 'text:p' && cell !== '' && remarkDepth === 0) cell += ' ';
      else if (name === 'text:s' || name === 'text:tab' || name === 'text:line-break') cell += ' ';
    },
    text(text) {
      if (cellDepth > 0 && remarkDepth === 0) cell += text;
    },
    close(name) {
      if (name === 'office:annotation') remarkDepth--;
      else if (name === 'table:table-cell' || name === 'table:covered-table-cell') {
        cellDepth--;
        if (cell.trim() === '') emptyBefore = Math.min(maxColumns, emptyBefore + cellRepeats);
        else {
          for (; emptyBefore > 0 && row.length < maxColumns; emptyBefore--) row.push('');
          for (let count = 0; count < cellRepeats && row.length < maxColumns; count++) row.push(cell);
        }
        cell = '';
      } else if (name === 'table:table-row') {
        const rows = sheets.at(-1)?.rows;
        if (row.length === 0) emptyRows = Math.min(maxRows, emptyRows + rowRepeats);
        else if (rows) {
          for (; emptyRows > 0 && rows.length < maxRows; emptyRows--) rows.push([]);
          for (let count = 0; count < Math.min(rowRepeats, maxRepeatedRows) && rows.length < maxRows; count++)
            rows.push(row);
        }
      }
    },
  });
  return sheets;
};
