/** Draws a page of a PDF on a canvas of its own, which readers of the screen pass over: the text layer is what they read. */
import type { PageViewport, PDFPageProxy } from 'pdfjs-dist';

/** Rejects when `signal` stops the drawing, or the page cannot be drawn. */
export async function drawPage(
  page: PDFPageProxy,
  viewport: PageViewport,
  signal: AbortSignal,
): Promise<HTMLCanvasElement> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  canvas.ariaHidden = 'true';
  const task = page.render({ canvas, viewport });
  signal.addEventListener('abort', () => task.cancel(), { once: true });
  await task.promise;
  return canvas;
}
