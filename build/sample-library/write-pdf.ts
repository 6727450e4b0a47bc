/** Lays out a Markdown source as a real text PDF: justified columns, outline, running head, page numbers. */
import { marked, type Token, type Tokens } from 'marked';
import PDFDocument from 'pdfkit';

export type PdfStyle = {
  columns: 1 | 2;
  body: string;
  bold: string;
  /** Size of body text in points. */
  size: number;
  runningHead: string;
};

const page = { width: 595, height: 842, top: 96, bottom: 736, left: 82, right: 513 };
const gutter = 24;

export const writePdf = (markdown: string, style: PdfStyle, output: NodeJS.WritableStream): void => {
  const tokens = marked.lexer(markdown);
  const title = tokens.find((token) => token.type === 'heading') as Tokens.Heading;
  const date = new Date('2026-01-01T00:00:00Z');
  const pdf = new PDFDocument({
    size: [page.width, page.height],
    margin: 0,
    bufferPages: true,
    info: { Title: title.text, Author: 'Sample library', CreationDate: date, ModDate: date },
  });
  pdf.pipe(output);
  const layout = new Layout(pdf, style);
  for (const token of tokens) addBlock(layout, token, style);
  addFurniture(pdf, style);
  pdf.end();
};

const addBlock = (layout: Layout, token: Token, style: PdfStyle): void => {
  if (token.type === 'heading') {
    const { depth, text } = token as Tokens.Heading;
    if (depth === 1) layout.addTitle(text);
    else layout.addHeading(text);
  } else if (token.type === 'paragraph') {
    layout.addText((token as Tokens.Paragraph).text, { align: 'justify' });
  } else if (token.type === 'list') {
    for (const item of (token as Tokens.List).items) layout.addText(`•  ${item.text}`, { align: 'left' });
  } else if (token.type === 'table') {
    for (const row of (token as Tokens.Table).rows) layout.addRow(row.map((cell) => cell.text), style);
  }
};

class Layout {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #style: PdfStyle;
  #column = 0;
  /** Where the columns begin on this page, below a title if there is one. */
  #columnTop = page.top;
  #y = page.top;

  constructor(pdf: PDFKit.PDFDocument, style: PdfStyle) {
    this.#pdf = pdf;
    this.#style = style;
  }

  addTitle(text: string): void {
    const width = page.right - page.left;
    this.#pdf.font(this.#style.bold).fontSize(this.#style.size * 1.8);
    this.#pdf.text(text, page.left, this.#y, { width });
    this.#y = this.#columnTop = this.#pdf.y + this.#style.size * 1.4;
    this.#pdf.outline.addItem(text);
  }

  addHeading(text: string): void {
    this.#pdf.font(this.#style.bold).fontSize(this.#style.size * 1.2);
    // A heading never stands alone at the foot of a column.
    this.#place(text, this.#style.size * 0.5, this.#style.size * 4, {});
    this.#pdf.outline.children[0]?.addItem(text);
    this.#y += this.#style.size * 0.3;
  }

  addText(text: string, options: PDFKit.Mixins.TextOptions): void {
    this.#pdf.font(this.#style.body).fontSize(this.#style.size);
    this.#place(text, 0, 0, { lineGap: this.#style.size * 0.34, ...options });
    this.#y += this.#style.size * 0.6;
  }

  addRow(cells: readonly string[], style: PdfStyle): void {
    this.#pdf.font(style.body).fontSize(style.size);
    const [name = '', value = ''] = cells;
    const half = this.#width * 0.5;
    const height = this.#pdf.heightOfString(value, { width: this.#width - half });
    this.#makeRoom(height);
    this.#pdf.text(name, this.#left, this.#y, { lineBreak: false });
    this.#pdf.text(value, this.#left + half, this.#y, { width: this.#width - half });
    this.#y += height + style.size * 0.4;
  }

  #place(text: string, before: number, keepWith: number, options: PDFKit.Mixins.TextOptions): void {
    const height = this.#pdf.heightOfString(text, { width: this.#width, ...options });
    this.#y += this.#y > this.#columnTop ? before : 0;
    this.#makeRoom(height + keepWith);
    this.#pdf.text(text, this.#left, this.#y, { width: this.#width, ...options });
    this.#y = this.#pdf.y;
  }

  #makeRoom(height: number): void {
    if (this.#y + height <= page.bottom) return;
    const { _fontSize, _font } = this.#pdf as unknown as { _fontSize: number; _font: { name: string } };
    if (this.#column + 1 < this.#style.columns) {
      this.#column++;
    } else {
      this.#column = 0;
      this.#columnTop = page.top;
      this.#pdf.addPage();
      this.#pdf.font(_font.name).fontSize(_fontSize);
    }
    this.#y = this.#columnTop;
  }

  get #width(): number {
    return (page.right - page.left - gutter * (this.#style.columns - 1)) / this.#style.columns;
  }

  get #left(): number {
    return page.left + this.#column * (this.#width + gutter);
  }
}

const addFurniture = (pdf: PDFKit.PDFDocument, style: PdfStyle): void => {
  const { count } = pdf.bufferedPageRange();
  for (let index = 0; index < count; index++) {
    pdf.switchToPage(index);
    pdf.font(style.body).fontSize(8.5);
    pdf.text(style.runningHead, page.left, 42, { lineBreak: false });
    pdf.text(`Page ${index + 1} of ${count}`, page.left, 796, { width: page.right - page.left, align: 'right', lineBreak: false });
  }
};
