/** The layout of a PDF's page: each fixture is drawn as typesetting programs draw such pages, and read back as a person reads them. */
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { drawLines, makePdf } from '../../fixtures/make-pdf.ts';

const read = async (draw: (pdf: PDFKit.PDFDocument) => void): Promise<string> => {
  const outcome = await extractDocument('file.pdf', await makePdf(draw));
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  return outcome.document.text;
};

/** Sentences that say where they stand, so that a wrong order shows. */
const column = (name: string, lineCount: number): string[] =>
  Array.from({ length: lineCount }, (_, line) => {
    const ends = ['runs on', 'goes further down', 'is followed by more', 'has a ragged end'];
    return `line ${line + 1} of the ${name} column ${ends[line % ends.length]}`;
  });

/** Draws lines that fill `width` exactly, as justified type does. */
const drawJustified = (
  pdf: PDFKit.PDFDocument,
  lines: readonly string[],
  x: number,
  y: number,
  width: number,
  pitch = 12,
): void => {
  lines.forEach((line, index) => {
    const spaces = line.split(' ').length - 1;
    const wordSpacing = (width - pdf.widthOfString(line)) / spaces;
    pdf.text(line, x, y + index * pitch, { lineBreak: false, wordSpacing });
  });
};

const expectInOrder = (text: string, pieces: readonly string[]): void => {
  const places = pieces.map((piece) => text.indexOf(piece));
  expect(
    places.every((place) => place >= 0),
    `all pieces in: ${text}`,
  ).toBe(true);
  expect(
    pieces.toSorted((a, b) => text.indexOf(a) - text.indexOf(b)),
    text,
  ).toEqual(pieces);
};

describe('columns', () => {
  it('are read one after the other where their lines are ragged and share no baselines', async () => {
    const [left, right] = [column('left', 30), column('right', 25)];
    const text = await read((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, left, 50, 80, 12);
      drawLines(pdf, right, 310, 85.5, 13);
    });
    expect(text).toBe([...left, ...right].join(' '));
  });

  it('are read one after the other where justified lines leave a gutter of one space’s width', async () => {
    const full = (name: string) =>
      Array.from({ length: 20 }, (_, line) => `line ${line + 1} of the ${name} column, filled up with words`);
    const [left, right] = [full('left'), full('right')];
    const text = await read((pdf) => {
      pdf.fontSize(10);
      drawJustified(pdf, left, 50, 80, 220);
      drawJustified(pdf, right, 280, 80, 220);
    });
    expect(text).toBe([...left, ...right].join(' '));
  });

  it('may be three', async () => {
    const columns = ['first', 'second', 'third'].map((name) =>
      column(name, 24).map((line) => line.replace('column ', '')),
    );
    const text = await read((pdf) => {
      pdf.fontSize(9);
      columns.forEach((lines, index) => {
        drawLines(pdf, lines, 40 + index * 180, 60, 11);
      });
    });
    expect(text).toBe(columns.flat().join(' '));
  });

  it('begin below a title that spans them, and end above a figure’s caption that does', async () => {
    const [left, right] = [column('left', 12), column('right', 12)];
    const [lowerLeft, lowerRight] = [column('lower left', 12), column('lower right', 12)];
    const caption = 'Figure 1: What the harbour looked like before the wall was built, seen from the north.';
    const text = await read((pdf) => {
      drawLines(pdf.fontSize(18), ['A title that spans both of the columns below it'], 50, 40);
      pdf.fontSize(10);
      drawLines(pdf, left, 50, 80, 12);
      drawLines(pdf, right, 310, 80, 12);
      pdf.rect(50, 240, 490, 100).fill('grey').fillColor('black');
      drawLines(pdf.fontSize(9), [caption], 90, 350);
      pdf.fontSize(10);
      drawLines(pdf, lowerLeft, 50, 390, 12);
      drawLines(pdf, lowerRight, 310, 390, 12);
    });
    expectInOrder(text, [
      'A title that spans',
      left.join(' '),
      right.join(' '),
      caption,
      lowerLeft.join(' '),
      lowerRight.join(' '),
    ]);
    expect(text).toContain(`\n\n${caption}\n\n`);
  });

  it('keep a sentence whole that a footnote stands below of', async () => {
    const left = [...column('left', 20), 'and this sentence is begun in the left'];
    const right = ['column and ended in the right one.', ...column('right', 25)];
    const note = '1 Of which more is said elsewhere.';
    const text = await read((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, left, 50, 80, 12);
      drawLines(pdf, right, 310, 80, 12);
      drawLines(pdf.fontSize(8), [note], 50, 370);
    });
    expect(text).toContain('begun in the left column and ended in the right one.');
    expect(text.endsWith(note)).toBe(true);
  });

  it('may hold a table, which is read row by row within its column', async () => {
    const rows = [
      ['Clay', '120', '14'],
      ['Glaze', '45', '9'],
      ['Shelves', '310', '2'],
      ['Elements', '95', '7'],
    ];
    const [above, below, right] = [column('left', 10), column('lower', 10), column('right', 27)];
    const text = await read((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, above, 50, 80, 12);
      for (const [row, cells] of rows.entries())
        for (const [cell, value] of cells.entries()) drawLines(pdf, [value], 60 + cell * 80, 212 + row * 12);
      drawLines(pdf, below, 50, 275, 12);
      drawLines(pdf, right, 310, 80, 12);
    });
    expectInOrder(text, [
      above.join(' '),
      rows.map((cells) => cells.join(' | ')).join('\n'),
      below.join(' '),
      right.join(' '),
    ]);
  });

  it('may be a text and the notes in its margin', async () => {
    const body = Array.from(
      { length: 30 },
      (_, line) => `line ${line + 1} of the body, which is wide and fills most of what the page has`,
    );
    const notes = ['a note in the', 'margin that is', 'narrow but goes', 'on for a while,', 'as they do'];
    const text = await read((pdf) => {
      drawLines(pdf.fontSize(10), body, 50, 80, 13);
      drawLines(pdf.fontSize(7), notes, 480, 123, 9);
    });
    expect(text).toContain(body.slice(0, 30).join(' '));
    expect(text).toContain(notes.join(' '));
  });
});

describe('tables across the page', () => {
  it('are read by rows though their cells hold several words', async () => {
    const rows = [
      ['Opening of the season', 'first Sunday in May', '120 guests'],
      ['Concert on the quay', 'last Friday in June', '340 guests'],
      ['Regatta of old boats', 'second week of July', '80 crews'],
      ['Feast of the lanterns', 'middle of August', '600 guests'],
      ['Closing of the season', 'first Sunday in October', '90 guests'],
    ];
    const text = await read((pdf) => {
      pdf.fontSize(10);
      for (const [row, cells] of rows.entries())
        for (const [cell, value] of cells.entries()) drawLines(pdf, [value], 60 + cell * 170, 100 + row * 14);
    });
    expect(text.split('\n')).toEqual(rows.map((cells) => cells.join(' | ')));
  });

  it('of numbers are read by rows', async () => {
    const rows = Array.from({ length: 12 }, (_, row) =>
      Array.from({ length: 8 }, (_, cell) => String(1000 + row * 37 + cell * 411)),
    );
    const text = await read((pdf) => {
      pdf.fontSize(8);
      for (const [row, cells] of rows.entries())
        for (const [cell, value] of cells.entries()) drawLines(pdf, [value], 60 + cell * 55, 100 + row * 12);
    });
    expect(text.split('\n')).toEqual(rows.map((cells) => cells.join(' | ')));
  });
});

it('leaves out the numbers of lines in the margin', async () => {
  const lines = column('only', 30);
  const text = await read((pdf) => {
    pdf.fontSize(10);
    lines.forEach((line, index) => {
      if ((index + 1) % 5 === 0) drawLines(pdf, [String(index + 1)], 30, 80 + index * 14);
      drawLines(pdf, [line], 60, 80 + index * 14);
    });
  });
  expect(text).toBe(lines.join(' '));
});

it('keeps the first column of a table that counts its rows', async () => {
  const text = await read((pdf) => {
    pdf.fontSize(10);
    for (let row = 0; row < 8; row++) {
      drawLines(pdf, [String(row + 1)], 60, 100 + row * 14);
      drawLines(pdf, [`boat ${row + 1}`], 120, 100 + row * 14);
      drawLines(pdf, [`${row * 7} t`], 250, 100 + row * 14);
    }
  });
  expect(text).toContain('3 boat 3 | 14 t');
});

it.each([90, 180, 270])('reads the columns of a page that its file turns by %i degrees', async (turn) => {
  const [left, right] = [column('left', 15), column('right', 15)];
  const text = await read((pdf) => {
    Object.assign(pdf.page.dictionary.data, { Rotate: turn });
    // What is drawn turned the other way stands upright on the turned page.
    const [width, height] = [pdf.page.width, pdf.page.height];
    if (turn === 90) pdf.translate(0, height).rotate(-90);
    if (turn === 180) pdf.translate(width, height).rotate(180);
    if (turn === 270) pdf.translate(width, 0).rotate(90);
    pdf.fontSize(10);
    drawLines(pdf, left, 50, 80, 12);
    drawLines(pdf, right, 310, 80, 12);
  });
  expect(text).toBe([...left, ...right].join(' '));
});

describe('words cut by a hyphen', () => {
  it('are made whole across columns', async () => {
    const left = [...column('left', 15), 'in this town everybody rides bicy-'];
    const right = ['cles to work and back again', ...column('right', 15)];
    const text = await read((pdf) => {
      pdf.fontSize(10);
      drawLines(pdf, left, 50, 80, 12);
      drawLines(pdf, right, 310, 80, 12);
    });
    // The document has to break words at all; here it says so by writing the word whole elsewhere.
    expect(text).toMatch(/rides bicy-?cles to work/);
    expect(text).not.toContain('bicy- ');
  });

  it('are made whole across pages, and the sentence with them', async () => {
    const outcome = await extractDocument(
      'file.pdf',
      await makePdf((pdf) => {
        pdf.fontSize(10);
        drawLines(pdf, ['Bicycles are common here, and all ride bicy-'], 60, 60);
        pdf.addPage();
        drawLines(pdf, ['cles to work and back again, as they always'], 60, 60);
        pdf.addPage();
        drawLines(pdf, ['have done in this town. Nobody walks.'], 60, 60);
      }),
    );
    if (outcome.state !== 'indexed') throw new Error(outcome.reason);
    const { text, pages } = outcome.document;
    expect(text).toBe(
      'Bicycles are common here, and all ride bicycles to work and back again, as they always have done in this town. Nobody walks.',
    );
    expect(pages.map(({ start, end }) => text.slice(start, end))).toEqual([
      'Bicycles are common here, and all ride bicy',
      'cles to work and back again, as they always ',
      'have done in this town. Nobody walks.',
    ]);
  });

  it.each([
    ['2024-', '02 was the month in which it began.', '2024-02 was'],
    ['E-', 'Mail was not known then.', 'E-Mail was'],
  ])('keep the hyphen where it is part of them: %s', async (end, start, expected) => {
    const text = await read((pdf) => {
      drawLines(pdf.fontSize(10), [`It is said of those days that ${end}`, start], 60, 60);
    });
    expect(text).toContain(expected);
  });
});
