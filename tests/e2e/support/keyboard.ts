/** Going through the page by Tab, with the focus checked to be visible wherever it lands. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Presses Tab until the named element has the focus. */
export async function tabTo(page: Page, name: string, backwards = false): Promise<void> {
  for (let press = 0; press < 60; press += 1) {
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      // A label may hold its own field, whose choices are no part of the name.
      const label = [...(element?.labels?.[0]?.childNodes ?? [])]
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim())
        .join('');
      return element?.getAttribute('aria-label') ?? (label || (element?.textContent ?? ''));
    });
    if (focused.trim() === name) {
      expect((await focusIndicator(page)).visible, `focus on ${name}`).toBe(true);
      return;
    }
  }
  throw new Error(`Tab never reached “${name}”.`);
}

/** An outline or a shadow, on the element or on the box that stands for it. */
export function focusIndicator(page: Page): Promise<{ name: string; visible: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const boxes = [element, element.closest<HTMLElement>('.hit, .field')].filter((box) => box !== null);
    const visible = boxes.some((box) => {
      const style = getComputedStyle(box);
      const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1;
      return outlined || (box !== element && style.boxShadow !== 'none');
    });
    const name =
      element === document.body
        ? 'body'
        : `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30)}`;
    return { name, visible };
  });
}
