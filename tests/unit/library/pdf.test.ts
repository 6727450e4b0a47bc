/** PDFs are read as a person reads them: columns, paragraphs, words broken at line ends, headings, running heads. */
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src-main/library/extraction/extract-document.ts';
import type { ExtractedDocument } from '../../../src-main/library/extraction/extracted-document.ts';
import { drawLines, makePdf } from '../fixtures/make-pdf.ts';

const read = async (bytes: Uint8Array, fileName = 'file.pdf'): Promise<ExtractedDocument> => {
  const outcome = await extractDocument(fileName, bytes);
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document;
};

const leftColumn = [
  'The first column begins at the top',
  'of the page and runs down to its',
  'foot without looking to the right.',
  'Only when it has come to its end',
  'does the reader lift the eyes and',
];
const rightColumn = [
  'go over to the second column, that',
  'starts again at the very top of it',
  'and is read in the same way as the',
  'one before, until nothing is left',
  'to be read on the whole page.',
];

describe('reading order', () => {
  it('reads columns one after the other, whatever order they are drawn in', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      for (let line = 0; line < 5; line++) {
        drawLines(pdf, [rightColumn[line]!], 320, 103 + line * 14);
        drawLines(pdf, [leftColumn[line]!], 60, 100 + line * 14);
      }
    });
    const { text } = await read(bytes);
    expect(text).toBe([...leftColumn, ...rightColumn].join(' '));
  });

  it('reads a title across both columns first, and what stands below them last', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, leftColumn, 60, 130);
      drawLines(pdf, rightColumn, 320, 130);
      drawLines(
        pdf,
        ['This last line spans the page from the left margin right through to the margin on the other side.'],
        60,
        260,
      );
      pdf.fontSize(20);
      drawLines(pdf, ['A title that is set across the whole page'], 60, 80);
    });
    const { text, headings, title } = await read(bytes);
    expect(text.indexOf('A title')).toBe(0);
    expect(text.indexOf('go over to')).toBeGreaterThan(text.indexOf('lift the eyes'));
    expect(text.indexOf('This last line')).toBeGreaterThan(text.indexOf('whole page.'));
    expect(headings).toEqual([{ level: 1, title: 'A title that is set across the whole page', start: 0 }]);
    expect(title).toBe('A title that is set across the whole page');
  });

  it('reads a table row by row', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      for (const [row, cells] of [
        ['Name', 'Amount', 'Date'],
        ['Clay', '120', '3 May'],
        ['Glaze', '45', '9 June'],
        ['Shelves', '310', '1 July'],
        ['Elements', '95', '2 August'],
      ].entries()) {
        cells.forEach((cell, column) => {
          drawLines(pdf, [cell], 60 + column * 150, 100 + row * 14);
        });
      }
    });
    const { text } = await read(bytes);
    expect(text.split('\n')).toEqual([
      'Name | Amount | Date',
      'Clay | 120 | 3 May',
      'Glaze | 45 | 9 June',
      'Shelves | 310 | 1 July',
      'Elements | 95 | 2 August',
    ]);
  });

  it('takes no justified line for a row of a table', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, ['Prices rose in every year of that decade, and'], 60, 100);
      for (const [index, word] of ['largely', 'returned', 'to their', 'level'].entries()) {
        drawLines(pdf, [word], 60 + index * 60, 114);
      }
      drawLines(pdf, ['as soon as it was over, which nobody had expected.'], 60, 128);
    });
    expect((await read(bytes)).text).toBe(
      'Prices rose in every year of that decade, and largely returned to their level as soon as it was over, which nobody had expected.',
    );
  });

  it('reads a page that is turned', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10).rotate(90, { origin: [300, 400] });
      drawLines(pdf, ['Set on its side, this is still', 'read from its beginning.'], 200, 400);
    });
    expect((await read(bytes)).text).toBe('Set on its side, this is still read from its beginning.');
  });
});

describe('lines and paragraphs', () => {
  const textOf = async (lines: readonly string[], pitch = 14) =>
    (await read(await makePdf((pdf) => drawLines(pdf.fontSize(10), lines, 60, 100, pitch)))).text;

  it('makes words whole that a line break cut', async () => {
    expect(
      await textOf(['The committee met to consider the environ-', 'mental report before it was due.']),
    ).toBe('The committee met to consider the environmental report before it was due.');
  });

  it('keeps the hyphen of a word that the document writes with one', async () => {
    expect(
      await textOf([
        'A well-known text, and all agreed that it was a well-',
        'known one, as such texts may be.',
      ]),
    ).toBe('A well-known text, and all agreed that it was a well-known one, as such texts may be.');
  });

  it('starts a paragraph where there is more space', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, ['One paragraph that goes over', 'two lines of the page, no more.'], 60, 100);
      drawLines(pdf, ['Another paragraph, below it, of', 'just as many lines as the first.'], 60, 146);
    });
    expect((await read(bytes)).text.split('\n\n')).toEqual([
      'One paragraph that goes over two lines of the page, no more.',
      'Another paragraph, below it, of just as many lines as the first.',
    ]);
  });

  it('keeps list items on lines of their own', async () => {
    expect(
      (await textOf(['Bring with you', '• a towel', '• two spoons', '• some patience'])).split('\n'),
    ).toEqual(['Bring with you', '• a towel', '• two spoons', '• some patience']);
  });
});

describe('pages, headings and running heads', () => {
  const page = (pdf: PDFKit.PDFDocument, number: number, body: readonly string[]) => {
    if (number > 1) pdf.addPage();
    pdf.fontSize(8);
    drawLines(pdf, ['Quarterly report of the harbour board'], 60, 30);
    drawLines(pdf, [`Page ${number} of 3`], 280, 800);
    pdf.fontSize(10);
    drawLines(pdf, body, 60, 100);
  };

  it('gives each page its range and leaves out running heads and page numbers', async () => {
    const bytes = await makePdf((pdf) => {
      page(pdf, 1, ['Ships came in on every day of the month and', 'left again.']);
      page(pdf, 2, ['Cranes were painted in a green that nobody', 'had asked for.']);
      page(pdf, 3, ['Gulls remained a matter of concern to all', 'who had lunch outside.']);
    });
    const { text, pages } = await read(bytes);
    expect(pages.map((span) => span.page)).toEqual([1, 2, 3]);
    expect(pages[0]!.start).toBe(0);
    expect(pages.map((span) => span.end)).toEqual([pages[1]!.start, pages[2]!.start, text.length]);
    expect(text.slice(pages[1]!.start, pages[1]!.end).trim()).toBe(
      'Cranes were painted in a green that nobody had asked for.',
    );
    expect(text.match(/Quarterly report/g)).toHaveLength(1);
    expect(text).not.toContain('Page 2');
  });

  it('leaves out what a single page says of itself: its title above its title, and its number', async () => {
    const bytes = await makePdf((pdf) => {
      drawLines(pdf.fontSize(8), ['Lease of Unit 4'], 60, 30);
      drawLines(pdf.fontSize(8), ['Page 1 of 1'], 280, 780);
      drawLines(pdf.fontSize(16), ['Lease of Unit 4'], 60, 80);
      drawLines(
        pdf.fontSize(10),
        ['The tenant insures the plate glass, and', 'pays a quarter of the rent ahead.'],
        60,
        120,
      );
    });
    const { text } = await read(bytes);
    expect(text).toBe(
      'Lease of Unit 4\n\nThe tenant insures the plate glass, and pays a quarter of the rent ahead.',
    );
  });

  it('keeps pages that hold nothing but a number', async () => {
    const bytes = await makePdf((pdf) => {
      for (const number of [1, 2, 3]) {
        if (number > 1) pdf.addPage();
        drawLines(pdf, [String(number)], 280, 400);
      }
    });
    const { text, pages } = await read(bytes);
    expect(text).toBe('1\n\n2\n\n3');
    expect(pages).toHaveLength(3);
  });

  it('takes headings from larger type, the larger the higher', async () => {
    const bytes = await makePdf((pdf) => {
      drawLines(pdf.fontSize(20), ['Harbours'], 60, 60);
      drawLines(pdf.fontSize(14), ['Northern harbours'], 60, 110);
      drawLines(
        pdf.fontSize(10),
        ['They freeze in winter, all but one of them,', 'which has a warm river.'],
        60,
        140,
      );
      drawLines(pdf.fontSize(14), ['Southern harbours'], 60, 200);
      drawLines(
        pdf.fontSize(10),
        ['They silt up, and dredgers have to work there', 'all year round.'],
        60,
        230,
      );
    });
    const { headings, text } = await read(bytes);
    expect(headings.map(({ level, title }) => [level, title])).toEqual([
      [1, 'Harbours'],
      [2, 'Northern harbours'],
      [2, 'Southern harbours'],
    ]);
    for (const { start, title } of headings) expect(text.slice(start, start + title.length)).toBe(title);
  });

  it('prefers the outline, whose levels are the author’s own', async () => {
    const bytes = await makePdf((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, ['Part one'], 60, 60);
      drawLines(pdf, ['1.1 Of boats'], 60, 100);
      drawLines(pdf, ['Boats are smaller than ships, as a rule.'], 60, 130);
      drawLines(pdf, ['1.2 Of ships'], 60, 180);
      drawLines(pdf, ['Ships are larger than boats, as a rule.'], 60, 210);
      const part = pdf.outline.addItem('Part one');
      part.addItem('Of boats');
      part.addItem('Of ships');
    });
    expect((await read(bytes)).headings.map(({ level, title }) => [level, title])).toEqual([
      [1, 'Part one'],
      [2, '1.1 Of boats'],
      [2, '1.2 Of ships'],
    ]);
  });

  it.each([
    ['a proper title', 'The Harbour Year', 'The Harbour Year'],
    ['a file name', 'Microsoft Word - final_v3.doc', 'harbour-2026'],
    ['filler', 'Untitled', 'harbour-2026'],
  ])('judges %s in the metadata', async (_, metadata, expected) => {
    const bytes = await makePdf(
      (pdf) => drawLines(pdf, ['some words in one size, without a heading'], 60, 60),
      {
        info: { Title: metadata },
      },
    );
    expect((await read(bytes, 'harbour-2026.pdf')).title).toBe(expected);
  });
});

it('reads what was written into forms and notes, after the page’s own text', async () => {
  const bytes = await makePdf((pdf) => {
    pdf.font('Helvetica').initForm();
    drawLines(pdf, ['Name of the boat:'], 60, 60);
    pdf.formText('name', 60, 80, 200, 20, { value: 'Kittiwake' });
    pdf.note(60, 120, 20, 20, 'ask about the mooring');
  });
  expect((await read(bytes)).text).toBe('Name of the boat:\n\nask about the mooring\n\nKittiwake');
});

it.each([
  ['signatures', { Subtype: 'Widget', FT: 'Sig' }],
  ['stamps', { Subtype: 'Stamp' }],
])('reads what %s show', async (_, options) => {
  const bytes = await makePdf((pdf) => {
    drawLines(pdf.font('Helvetica'), ['Boats for hire'], 60, 60);
    const font = pdf.ref({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' });
    font.end(undefined);
    const appearance = pdf.ref({
      Type: 'XObject',
      Subtype: 'Form',
      BBox: [0, 0, 100, 40],
      Resources: { Font: { F1: font } },
    });
    appearance.end(Buffer.from('BT /F1 12 Tf 4 10 Td [(Signed) -500 (by) -500 (Jo Mar) 20 (tin)] TJ ET'));
    const annotation: object = { ...options, AP: { N: appearance } };
    pdf.annotate(60, 140, 100, 40, annotation as PDFKit.Mixins.AnnotationOption);
  });
  expect((await read(bytes)).text).toBe('Boats for hire\n\nSigned by Jo Martin');
});

it('reads text that names the glyphs of a common font, which the file leaves to the system', async () => {
  const glyphs = Array.from('Signed in Oslo', (letter) => (letter.charCodeAt(0) - 29).toString(16));
  const text = glyphs.map((glyph) => glyph.padStart(4, '0')).join('');
  const bytes = await makePdf((pdf) => {
    drawLines(pdf.font('Helvetica'), ['Boats for hire'], 60, 60);
    const descendant = pdf.ref({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: 'ArialMT',
      CIDSystemInfo: { Registry: new String('Adobe'), Ordering: new String('Identity'), Supplement: 0 },
      FontDescriptor: { Type: 'FontDescriptor', FontName: 'ArialMT', Flags: 32, FontBBox: [0, 0, 1, 1] },
    });
    descendant.end(undefined);
    const font = pdf.ref({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: 'ArialMT',
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
    });
    font.end(undefined);
    const Resources = { Font: { F1: font } };
    const appearance = pdf.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 40], Resources });
    appearance.end(Buffer.from(`BT /F1 12 Tf 4 10 Td <${text}> Tj ET`));
    const annotation: object = { Subtype: 'Stamp', AP: { N: appearance } };
    pdf.annotate(60, 140, 100, 40, annotation as PDFKit.Mixins.AnnotationOption);
  });
  expect((await read(bytes)).text).toBe('Boats for hire\n\nSigned in Oslo');
});

describe('what cannot be read', () => {
  const oneLine = (pdf: PDFKit.PDFDocument) => drawLines(pdf, ['Nobody may read this line of text.'], 60, 60);

  it('says that a document with a password is encrypted', async () => {
    const bytes = await makePdf(oneLine, {
      userPassword: 'secret',
      ownerPassword: 'owner',
      pdfVersion: '1.7',
    });
    expect(await extractDocument('a.pdf', bytes)).toMatchObject({ state: 'encrypted' });
  });

  it('reads a document that only restricts printing', async () => {
    const bytes = await makePdf(oneLine, {
      ownerPassword: 'owner',
      permissions: { printing: 'lowResolution' },
    });
    expect(await extractDocument('a.pdf', bytes)).toMatchObject({ state: 'indexed' });
  });

  it('says that pages without text wait for text recognition', async () => {
    const bytes = await makePdf((pdf) => pdf.rect(100, 100, 200, 200).fill('black'));
    const outcome = await extractDocument('scan.pdf', bytes);
    expect(outcome).toMatchObject({ state: 'scan', document: { text: '', waitingPages: [1] } });
    expect(outcome.state === 'scan' && outcome.reason).toMatch(/text recognition/);
  });

  it('says that a file without any PDF structure has failed', async () => {
    const outcome = await extractDocument('a.pdf', new TextEncoder().encode('%PDF-1.7\nnothing follows'));
    expect(outcome).toMatchObject({ state: 'failed' });
  });

  it('gives the same text each time', async () => {
    const bytes = await makePdf((pdf) =>
      drawLines(pdf.fontSize(10), [...leftColumn, ...rightColumn], 60, 60),
    );
    expect(await read(bytes.slice())).toEqual(await read(bytes.slice()));
  });
});
