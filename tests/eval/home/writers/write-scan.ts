/**
 * Writes a page that is a picture of its text, as a scanner leaves it: PNG, or PDF without a text layer. The letters are
 * those of Liberation Sans, which pdfjs-dist brings along, so that the picture does not depend on the machine's fonts.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import PDFDocument from 'pdfkit';
import { type HomeDocument, textOf } from '../home-document.ts';
import { collectPdf } from './collect-pdf.ts';
import { escapeXml } from './escape-xml.ts';

const packagePath = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
const fontFile = join(dirname(packagePath), 'standard_fonts/LiberationSans-Regular.ttf');
const widthPx = 900;
const charactersPerLine = 62;

/** Throws where the font is not there: a page without letters would be a question that nothing can answer. */
export function writeScanPng({ body = [] }: HomeDocument): Uint8Array {
  if (!existsSync(fontFile)) throw new Error(`Scans cannot be drawn: ${fontFile} is not there.`);
  const lines = body.flatMap((part) => [...wrap(textOf(part)), '']);
  const heightPx = 120 + lines.length * 40;
  const texts = lines.map((line, at) => `<text x="50" y="${90 + at * 40}">${escapeXml(line)}</text>`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="#f7f5ef"/><g transform="rotate(0.4)" font-family="Liberation Sans" font-size="26" fill="#222">${texts.join('')}</g></svg>`;
  const font = { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: 'Liberation Sans' };
  return new Resvg(svg, { font }).render().asPng();
}

export async function writeScanPdf(document: HomeDocument): Promise<Uint8Array> {
  const date = new Date(`${document.date}T00:00:00Z`);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    info: { Producer: 'scanner', CreationDate: date, ModDate: date },
  });
  return await collectPdf((output) => {
    pdf.pipe(output);
    pdf.image(Buffer.from(writeScanPng(document)), 0, 0, { width: 595 });
    pdf.end();
  });
}

function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length + 1 > charactersPerLine) lines.push('');
    lines[lines.length - 1] += `${lines.at(-1) === '' ? '' : ' '}${word}`;
  }
  return lines;
}
