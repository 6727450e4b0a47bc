/** What reaches out of the window or of a box that scrolls, except what is meant to scroll sideways: code, tables and pages of paper. */
import type { Page } from 'playwright-core';

export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found =
      root.scrollWidth > root.clientWidth ? [`the page: ${root.scrollWidth} > ${root.clientWidth}`] : [];
    for (const element of document.querySelectorAll<HTMLElement>('*')) {
      const { overflowX } = getComputedStyle(element);
      const mayScroll = element.matches('pre, .scroll, .pages, .chart, textarea, input, select');
      if (overflowX !== 'auto' && overflowX !== 'scroll') continue;
      if (!mayScroll && element.scrollWidth > element.clientWidth + 1) {
        found.push(
          `${element.tagName}.${element.className}: ${element.scrollWidth} > ${element.clientWidth}`,
        );
      }
    }
    const width = root.clientWidth;
    for (const element of document.querySelectorAll<HTMLElement>('button, input, select, a, p, h1, h2')) {
      const box = element.getBoundingClientRect();
      if (box.width < 2 || element.closest('pre, .scroll, .pages, .visually-hidden, .skip, .hidden'))
        continue;
      if (box.right > width + 1 || box.left < -1) {
        found.push(
          `${element.tagName}.${element.className} “${element.textContent?.slice(0, 30)}”: ${Math.round(box.left)}–${Math.round(box.right)}`,
        );
      }
    }
    return found;
  });
}
