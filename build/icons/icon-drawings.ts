/** The drawings behind every icon: the app's own mark, framed for macOS, and the tray's mark with a badge per state. */
import type { TrayIcon } from '../../src-main/desktop/tray/tray-state.ts';

/** macOS leaves a margin of about a tenth around an icon's body. */
export function framedForMac(mark: string): string {
  return mark.replace('viewBox="0 0 64 64"', 'viewBox="-7.8 -7.8 79.6 79.6"');
}

export const trayIcons: TrayIcon[] = ['idle', 'busy', 'paused', 'problem'];

/** `ink` draws the lines, `marker` the found one; a template for macOS has both in black. */
export function trayDrawing(icon: TrayIcon, ink: string, marker: string): string {
  const badge = badges[icon].replaceAll('INK', ink);
  const width = icon === 'idle' ? 28 : 14;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <path d="M3 6h26M3 14h${width}" stroke="${ink}" stroke-width="3.4" stroke-linecap="round"/>
  <rect x="1.500" y="20" width="${icon === 'idle' ? 29 : 16}" height="8" rx="2" fill="${marker}"/>
  ${badge}
</svg>`;
}

const badges: Record<TrayIcon, string> = {
  idle: '',
  busy: '<circle cx="25" cy="22" r="4.500" fill="none" stroke="INK" stroke-width="3.400" stroke-dasharray="21 8"/>',
  paused: '<path d="M22.500 17v10M28 17v10" stroke="INK" stroke-width="3.400" stroke-linecap="round"/>',
  problem: '<path d="M25 15v8M25 28v.1" stroke="INK" stroke-width="4" stroke-linecap="round"/>',
};
