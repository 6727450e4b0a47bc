/** Joins the boxes of neighbouring words into one stroke per line, as a marker pen would leave it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Boxes in reading order; those on one line with less than a line's height between them are joined. */
export function mergeStrokes(boxes: readonly Box[]): Box[] {
  const strokes: Box[] = [];
  for (const box of boxes) {
    if (box.width <= 0 || box.height <= 0) continue;
    const last = strokes.at(-1);
    if (last && sameLine(last, box) && gap(last, box) < Math.max(last.height, box.height)) {
      strokes[strokes.length - 1] = union(last, box);
    } else strokes.push(box);
  }
  return strokes;
}

function sameLine(a: Box, b: Box): boolean {
  const overlap = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return overlap > 0.6 * Math.min(a.height, b.height);
}

function gap(a: Box, b: Box): number {
  return Math.max(b.left - (a.left + a.width), a.left - (b.left + b.width));
}

function union(a: Box, b: Box): Box {
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  return {
    left,
    top,
    width: Math.max(a.left + a.width, b.left + b.width) - left,
    height: Math.max(a.top + a.height, b.top + b.height) - top,
  };
}
