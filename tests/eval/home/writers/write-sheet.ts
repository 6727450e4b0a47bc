/** Writes an Excel workbook whose texts are shared strings, as Excel writes them. */
import { type HomeDocument, type Sheet, textOf } from '../home-document.ts';
import { escapeXml } from './escape-xml.ts';
import { officeNamespace, officePackage, relationships } from './office-package.ts';
import { xmlDeclaration, zipParts } from './zip-parts.ts';

const namespace = `xmlns="${officeNamespace}/spreadsheetml/2006/main"`;

export function writeSheet(document: HomeDocument): Uint8Array {
  const { sheets = [] } = document;
  const strings: string[] = [];
  const paths = sheets.map((_, index) => `worksheets/sheet${index + 1}.xml`);
  const parts = Object.fromEntries(
    sheets.map((sheet, index) => [`xl/${paths[index]}`, sheetXml(sheet, strings)]),
  );
  const names = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const items = strings.map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  return zipParts({
    ...officePackage(document, [
      { path: 'xl/workbook.xml', type: 'spreadsheetml.sheet.main' },
      { path: 'xl/sharedStrings.xml', type: 'spreadsheetml.sharedStrings' },
      ...paths.map((path) => ({ path: `xl/${path}`, type: 'spreadsheetml.worksheet' })),
    ]),
    'xl/workbook.xml': `${xmlDeclaration}<workbook ${namespace} xmlns:r="${officeNamespace}/officeDocument/2006/relationships"><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ...paths.map((path) => `worksheet|${path}`),
      'sharedStrings|sharedStrings.xml',
    ]),
    'xl/sharedStrings.xml': `${xmlDeclaration}<sst ${namespace} count="${strings.length}" uniqueCount="${strings.length}">${items.join('')}</sst>`,
    ...parts,
  });
}

/** Adds the sheet's texts to `strings`, of which every sheet of the workbook holds the numbers. */
function sheetXml({ rows }: Sheet, strings: string[]): string {
  const cell = (value: Sheet['rows'][number][number], column: number, row: number) => {
    const reference = `${String.fromCharCode(65 + column)}${row + 1}`;
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    const text = textOf(value);
    if (text === '') return '';
    const known = strings.indexOf(text);
    return `<c r="${reference}" t="s"><v>${known >= 0 ? known : strings.push(text) - 1}</v></c>`;
  };
  const lines = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, column, at)).join('')}</row>`,
  );
  return `${xmlDeclaration}<worksheet ${namespace}><sheetData>${lines.join('')}</sheetData></worksheet>`;
}
