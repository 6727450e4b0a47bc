/** The desktop shell's bridge, or undefined in a plain browser. Nothing else in the page reads `window.llara`. */
import type { DesktopShell } from '../../src-main/contract/desktop-shell.ts';

declare global {
  interface Window {
    llara?: DesktopShell;
  }
}

export const desktop: DesktopShell | undefined = window.llara;
