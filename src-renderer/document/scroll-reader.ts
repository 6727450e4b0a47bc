/**
 * Scrolls whatever reader is shown by the keys that scroll everywhere else, without the reader having the focus: the list of
 * hits keeps it, and a document that was just opened needs no click first.
 */

/** Set on the element that scrolls, or on the frame whose page does. */
export const SCROLLER = 'data-scroller';

/** Of a screenful, so that the last line stays in sight. */
const PAGE_SHARE = 0.9;
const LINE_PX = 48;

/** Whether the key was one that scrolls; `keys` narrows which. */
export function scrollReader(holder: HTMLElement, event: KeyboardEvent, keys: readonly string[]): boolean {
  if (!keys.includes(event.key)) return false;
  const marked = holder.querySelector<HTMLElement>(`[${SCROLLER}]`);
  const scroller = marked instanceof HTMLIFrameElement ? marked.contentDocument?.scrollingElement : marked;
  if (!scroller) return false;
  const page = scroller.clientHeight * PAGE_SHARE;
  const by: Record<string, number> = {
    PageDown: page,
    PageUp: -page,
    ' ': event.shiftKey ? -page : page,
    ArrowDown: LINE_PX,
    ArrowUp: -LINE_PX,
    Home: -scroller.scrollHeight,
    End: scroller.scrollHeight,
  };
  scroller.scrollBy({ top: by[event.key] ?? 0, behavior: 'instant' });
  return true;
}
