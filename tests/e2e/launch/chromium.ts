/**
 * Chromium as the system has it. Nothing is downloaded; where it is missing, tests that need it skip and say so. Its build without windows
 * is taken first: the page is laid out and drawn by the same code, without a window around it that would be drawn, too.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const executablePath =
  process.env.CHROMIUM_PATH ?? installed.find((path) => existsSync(path)) ?? installed[0]!;

export function missingChromium(): string | null {
  if (!existsSync(executablePath)) {
    return `There is no Chromium at ${executablePath}; install it ("apt-get install chromium-headless-shell") or set CHROMIUM_PATH.`;
  }
  if (!existsSync('out/renderer/index.html')) return 'The page is not built; run "npm run build".';
  return null;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--headless=new'] });
}

/** Says what is left out; for use in place of a silent skip. */
export function skipReason(what: string, reason: string | null): boolean {
  if (reason) console.warn(`SKIPPED: ${what}. ${reason}`);
  return reason !== null;
}
