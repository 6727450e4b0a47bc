/** Decides whether a message may be answered: only the top frame of one of our own windows, while it shows our own page. */
import { isPageUrl } from './request-policy.ts';

export interface SenderFrame {
  url: string;
  /** Null for a top frame. */
  parent: unknown;
}

/** `frame` is null when the frame has navigated away or is destroyed; such a message is never answered. */
export function isSenderAllowed(frame: SenderFrame | null, isOurWindow: boolean): boolean {
  return isOurWindow && frame !== null && frame.parent === null && isPageUrl(frame.url);
}
