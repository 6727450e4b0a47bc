/**
 * Reads Excel workbooks (Office Open XML): every sheet, cells as they are shown, formulas by the result that was saved. The
 * npm packages for it unpack without a limit or are no longer kept; the parts are few and are read as those of other office files.
 */
import { posix } from 'node:path';
import { chooseTitle } from '../../extraction/choose-title.ts';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { documentProperties } from '../office/document-properties.ts';
import type { Reader } from '../reader.ts';
import { parseXml } from '../xml.ts';
import { readZipParts } from '../zip-parts.ts';
import { addSheet } from './add-sheet.ts';
import { type CellFormat, cellFormats, showNumber } from './cell-format.ts';

export const readXlsx: Reader = async ({ bytes, fileName }) => {
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) {
    const isEncrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
      Buffer.from('EncryptedPackage', 'utf16le'),
    );
    return isEncrypted
      ? { state: 'encrypted', reason: 'The workbook is protected by a password.' }
      : { state: 'unsupported', reason: 'This is the old Excel format; save it as XLSX to search it.' };
  }
  const parts = await readZipParts(bytes, (name) =>
    /^xl\/(?:workbook|sharedStrings|styles|worksheets\/[^/]+)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^docProps\/core\.xml$/.test(
      name,
    ),
  );
  const workbook = parts.get('xl/workbook.xml');
  if (workbook === undefined) {
    return { state: 'failed', reason: 'The archive has no xl/workbook.xml, so it is no Excel workbook.' };
  }
  const { sheets, startsIn1904 } = readWorkbook(workbook, parts.get('xl/_rels/workbook.xml.rels') ?? '');
  const strings = sharedStrings(parts.get('xl/sharedStrings.xml') ?? '');
  const cellStyles = cellFormats(parts.get('xl/styles.xml') ?? '');
  const builder = new DocumentBuilder();
  for (const { name, path } of sheets) {
    addSheet(builder, { name, rows: readRows(parts.get(path) ?? '', { strings, cellStyles, startsIn1904 }) });
  }
  const facts = documentProperties(parts.get('docProps/core.xml') ?? '');
  return builder.finish({
    kind: 'xlsx',
    facts,
    // The name of the first sheet says nothing of the others.
    title: chooseTitle(facts.title, undefined, fileName),
    fileName,
    emptyReason: 'The sheets hold no text.',
  });
};

type Workbook = { sheets: { name: string; path: string }[]; startsIn1904: boolean };

const readWorkbook = (xml: string, relations: string): Workbook => {
  const targets = new Map<string, string>();
  parseXml(relations, {
    open(name, { Id, Target }) {
      if (name === 'Relationship' && Id && Target) targets.set(Id, Target);
    },
  });
  const workbook: Workbook = { sheets: [], startsIn1904: false };
  parseXml(xml, {
    open(name, attributes) {
      const local = name.slice(name.indexOf(':') + 1);
      if (local === 'workbookPr') workbook.startsIn1904 = /^(?:1|true)$/.test(attributes.date1904 ?? '');
      const target = local === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined;
      if (target)
        workbook.sheets.push({
          name: attributes.name ?? '',
          path: posix.join('xl', target.replace(/^\/xl\//, '')),
        });
    },
  });
  return workbook;
};

/** Texts that cells refer to by their number. Readings of Chinese and Japanese words stand beside them and are left out. */
const sharedStrings = (xml: string): string[] => {
  const strings: string[] = [];
  let inText = false;
  let readingDepth = 0;
  parseXml(xml, {
    open(name) {
      if (name === 'si') strings.push('');
      else if (name === 'rPh') readingDepth++;
      else if (name === 't') inText = readingDepth === 0;
    },
    text(text) {
      if (inText) strings[strings.length - 1] += text;
    },
    close(name) {
      if (name === 'rPh') readingDepth--;
      else if (name === 't') inText = false;
    },
  });
  return strings;
};

type CellSources = { strings: readonly string[]; cellStyles: readonly CellFormat[]; startsIn1904: boolean };

const maxColumns = 16_384;
const maxRows = 1_048_576;

const readRows = (xml: string, sources: CellSources): string[][] => {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell: { type: string; style: number; value: string } | null = null;
  let column = 0;
  let inValue = false;
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'row') {
        const number = Number(attributes.r) || rows.length + 1;
        if (number > maxRows) return;
        while (rows.length < number) rows.push([]);
        row = rows[number - 1]!;
        column = 0;
      } else if (name === 'c') {
        column = columnOf(attributes.r) ?? column + 1;
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' };
      } else if (name === 'v' || name === 't') inValue = true;
    },
    text(text) {
      if (cell && inValue) cell.value += text;
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c' && cell) {
        if (column <= maxColumns && cell.value !== '') {
          while (row.length < column) row.push('');
          row[column - 1] = show(cell, sources);
        }
        cell = null;
      }
    },
  });
  return rows;
};

/** `BC12` → 55; columns count from 1. */
const columnOf = (reference: string | undefined): number | null => {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? '')?.[0];
  if (!letters) return null;
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0);
};

const show = (
  { type, style, value }: { type: string; style: number; value: string },
  sources: CellSources,
): string => {
  if (type === 's') return sources.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : 'false';
  if (type === 'n')
    return showNumber(Number(value), sources.cellStyles[style] ?? 'plain', sources.startsIn1904);
  return type === 'e' ? '' : value;
};
