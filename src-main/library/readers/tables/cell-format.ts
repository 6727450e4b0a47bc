/** Says how a workbook shows the number in a cell, as far as searching cares: a date, a time, a share or a plain number (ECMA-376, 18.8.30). */
import { parseXml } from '../xml.ts';

export type CellFormat = 'plain' | 'date' | 'time' | 'date-time' | 'percent';

/** By the number that cells give as their style. */
export const cellFormats = (stylesXml: string): CellFormat[] => {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCellFormats = false;
  parseXml(stylesXml, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = codes.get(id);
        formats.push(code === undefined ? builtIn(id) : formatOfCode(code));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats;
};

/** Numbers below 164 are known by heart to every program; 27–36 and 50–58 are dates of East Asian editions. */
const builtIn = (id: number): CellFormat => {
  if (id === 9 || id === 10) return 'percent';
  if (id === 22) return 'date-time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return 'time';
  return 'plain';
};

const formatOfCode = (code: string): CellFormat => {
  // Quoted words, escaped letters and colours in brackets are no part of the pattern; [h] counts hours.
  const pattern = code.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  const hasDate = /[yd]/i.test(pattern);
  const hasTime = /[hs]/i.test(pattern);
  if (hasDate) return hasTime ? 'date-time' : 'date';
  if (hasTime) return 'time';
  if (/m/i.test(pattern)) return 'date';
  return pattern.includes('%') ? 'percent' : 'plain';
};

/** Days count from 1899-12-30 (which makes up for a leap day of 1900 that never was), or from 1904-01-01. */
export const showNumber = (value: number, format: CellFormat, startsIn1904: boolean): string => {
  if (!Number.isFinite(value)) return '';
  if (format === 'percent') return `${round(value * 100)}%`;
  if (format === 'plain' || value < 0 || value > 2_958_466) return String(round(value));
  const time =
    Date.UTC(startsIn1904 ? 1904 : 1899, startsIn1904 ? 0 : 11, startsIn1904 ? 1 : 30) +
    Math.round(value * 86_400) * 1000;
  const iso = new Date(time).toISOString();
  if (format === 'date') return iso.slice(0, 10);
  if (format === 'time') return iso.slice(11, 16);
  return iso.slice(0, 16).replace('T', ' ');
};

/** Sums of decimal fractions leave 0.30000000000000004 in the file, which nobody sees or searches for. */
const round = (value: number): number => Number(value.toPrecision(12));
