/** Small spreadsheets, one of each kind, made of the parts that readers need. */
import { strToU8 } from 'fflate';
import { zipOf } from '../zip-of.ts';
import type { FormatSample } from './format-sample.ts';

const test = 'tests/unit/library/formats/sheets.test.ts';

const worksheet = `<worksheet><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>Fired</t></is></c></row>
<row r="3"><c r="A3" t="str"><f>A1</f><v>Celadon</v></c><c r="B3"><v>0.30000000000000004</v></c><c r="C3" s="1"><v>45429</v></c></row>
</sheetData></worksheet>`;

/** Parts of a workbook with one sheet named Glazes. */
export const workbookParts = (sheet: string): Record<string, string> => ({
  'xl/workbook.xml': '<workbook><sheets><sheet name="Glazes" r:id="r1"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/sharedStrings.xml':
    '<sst><si><t>Glaze</t></si><si><r><t>Sh</t></r><r><t>are</t></r><rPh><t>reading</t></rPh></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="d/m/yyyy&quot; at &quot;h:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet1.xml': sheet,
});

export const sheetSamples = {
  xlsx: {
    fileName: 'glazes.xlsx',
    bytes: () => zipOf(workbookParts(worksheet)),
    finds: ['Row 3: Glaze: Celadon | Share: 0.3 | Fired: 2024-05-17'],
    headings: ['Glazes'],
    test,
  },
  ods: {
    fileName: 'glazes.ods',
    bytes: () =>
      zipOf({
        'content.xml': `<office:body><table:table table:name="Glazes">
<table:table-row><table:table-cell><text:p>Glaze</text:p></table:table-cell><table:table-cell><text:p>Share</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row><table:table-cell><text:p>Celadon</text:p><office:annotation><text:p>why?</text:p></office:annotation></table:table-cell><table:table-cell office:value="30"><text:p>30</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table></office:body>`,
      }),
    finds: ['Row 4: Glaze: Celadon | Share: 30'],
    headings: ['Glazes'],
    test,
  },
  csv: {
    fileName: 'glazes.csv',
    bytes: () => strToU8('Glaze;Share;Remark\nCeladon;30;"thin; two\ncoats"\nTenmoku;8;\n'),
    finds: [
      'Row 2: Glaze: Celadon | Share: 30 | Remark: thin; two coats',
      'Row 3: Glaze: Tenmoku | Share: 8',
    ],
    title: 'glazes',
    test,
  },
} satisfies Partial<Record<string, FormatSample>>;
