/** A piece of text as a PDF page draws it, and the lines made of such pieces. Coordinates grow to the right and downwards, in points. */

export type PdfRun = {
  text: string;
  x: number;
  /** Distance of the baseline from the top of the page. */
  baseline: number;
  width: number;
  /** Font size as drawn. */
  size: number;
  font: string;
  isRightToLeft: boolean;
};

export type PdfLine = {
  text: string;
  left: number;
  right: number;
  baseline: number;
  /** Size and font of most of the line's characters. */
  size: number;
  font: string;
  /** The line is a row of cells, joined by ` | `. */
  isRow: boolean;
  /** Lines of one column, or of one block between columns, share a number. */
  region: number;
  regionLeft: number;
  regionRight: number;
};
