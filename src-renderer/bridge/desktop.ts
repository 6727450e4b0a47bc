/** The desktop shell's bridge, or undefined in a plain browser. Nothing else in the page reads `window.llara`. */
import type { DesktopBridge } from '../../src-main/contract/desktop-bridge.ts';

declare global {
  interface Window {
    llara?: DesktopBridge;
  }
}

export const desktop: DesktopBridge | undefined = window.llara;
