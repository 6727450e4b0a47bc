/** Tables of every kind: rows with the names of their columns, values as they are shown, and tables that name no columns. */
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { formatSamples } from '../../../support/format-samples.ts';
import { readDocument as read } from '../../../support/read-document.ts';
import { workbookParts } from '../../../support/samples/sheet-samples.ts';
import { zipOf } from '../../../support/zip-of.ts';

describe('a table of text', () => {
  it.each([
    ['commas', 'a.csv', 'Name,Town\nAnn,Ely\nBert,York\nAnn,"Bath, Avon"'],
    ['semicolons', 'a.csv', 'Name;Town\nAnn;Ely\nBert;York\nAnn;Bath, Avon'],
    ['tabs', 'a.tsv', 'Name\tTown\nAnn\tEly\nBert\tYork\nAnn\tBath, Avon'],
    ['a separator that it states', 'a.csv', 'sep=|\nName|Town\nAnn|Ely\nBert|York\nAnn|Bath, Avon'],
  ])('parted by %s is found by its values with their columns', async (_, fileName, content) => {
    expect((await read(fileName, content)).text).toBe(
      'Name | Town\n\nRow 2: Name: Ann | Town: Ely\nRow 3: Name: Bert | Town: York\nRow 4: Name: Ann | Town: Bath, Avon',
    );
  });

  it('without names of columns has its values alone', async () => {
    expect((await read('a.csv', '1.5,2024-05-17\n2.5,2024-05-18')).text).toBe(
      'Row 1: 1.5 | 2024-05-17\nRow 2: 2.5 | 2024-05-18',
    );
    expect((await read('a.csv', 'Ann,Ely\nBert,York\nAnn,Ely')).text).toContain('Row 1: Ann | Ely');
  });

  it('finds the names below a title', async () => {
    const document = await read('a.csv', 'Budget of the studio,,\n,,\nItem,May,June\nClay,40,42\nGas,12,9');
    expect(document.text).toBe(
      'Budget of the studio\nItem | May | June\n\nRow 4: Item: Clay | May: 40 | June: 42\nRow 5: Item: Gas | May: 12 | June: 9',
    );
  });

  it('of many rows says whereabouts a row is', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => `Piece ${index},${index}`);
    const { headings, text } = await read('a.csv', `Name,Weight\n${rows.join('\n')}`);
    expect(headings.map(({ title }) => title)).toEqual(['Rows 2–21', 'Rows 22–41', 'Rows 42–51']);
    expect(text.slice(headings[1]!.start)).toMatch(/^Row 22: Name: Piece 20 \| Weight: 20\n/);
  });
});

describe('a workbook', () => {
  it('shows dates, times and shares as they are seen, and no readings of words', async () => {
    const sheet =
      '<row r="1"><c r="A1" s="1"><v>45429.4</v></c><c r="B1" s="2"><v>0.125</v></c><c r="C1" s="3"><v>45429.396</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" t="e"><v>#DIV/0!</v></c><c r="F1" t="s"><v>1</v></c></row>';
    const { text } = await read('a.xlsx', zipOf(workbookParts(sheet)));
    expect(text).toBe('Glazes\n\nRow 1: 2024-05-17 | 12.5% | 2024-05-17 09:30 | true | Share');
  });

  it('is called by its file, for the name of its first sheet says nothing of the others', async () => {
    const row = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>';
    expect((await read('Budget 2024.xlsx', zipOf(workbookParts(row)))).title).toBe('Budget 2024');
    expect((await read('Budget.ods', formatSamples.ods.bytes())).title).toBe('Budget');
    const stated = '<cp:coreProperties><dc:title>Costs of the studio</dc:title></cp:coreProperties>';
    const parts = { ...workbookParts(row), 'docProps/core.xml': stated };
    expect((await read('Budget 2024.xlsx', zipOf(parts))).title).toBe('Costs of the studio');
  });

  it('counts days from 1904 where it says so', async () => {
    const parts = workbookParts('<row r="1"><c r="A1" s="1"><v>43967</v></c></row>');
    parts['xl/workbook.xml'] = parts['xl/workbook.xml']!.replace(
      '<sheets>',
      '<workbookPr date1904="1"/><sheets>',
    );
    expect((await read('a.xlsx', zipOf(parts))).text).toContain('2024-05-17');
  });

  it('under a password is encrypted, in the old format unsupported', async () => {
    const container = (stream: string) => {
      const bytes = new Uint8Array(2048);
      bytes.set([0xd0, 0xcf, 0x11, 0xe0]);
      bytes.set(Buffer.from(stream, 'utf16le'), 1024);
      return bytes;
    };
    expect(await extractDocument('a.xlsx', container('EncryptedPackage'))).toMatchObject({
      state: 'encrypted',
    });
    expect(await extractDocument('a.xlsx', container('Workbook'))).toMatchObject({ state: 'unsupported' });
  });
});

describe('an OpenDocument spreadsheet', () => {
  it('leaves out remarks and the empty rest of a sheet', async () => {
    const { text } = await read(formatSamples.ods.fileName, formatSamples.ods.bytes());
    expect(text).toBe('Glazes\n\nGlaze | Share\n\nRow 4: Glaze: Celadon | Share: 30');
  });

  it('under a password is encrypted', async () => {
    const parts = { 'content.xml': '', 'META-INF/manifest.xml': '<manifest:encryption-data/>' };
    expect(await extractDocument('a.ods', zipOf(parts))).toMatchObject({ state: 'encrypted' });
  });
});
