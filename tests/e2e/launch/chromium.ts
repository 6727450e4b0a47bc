/** Chromium as the system has it. Nothing is downloaded; where it is missing, tests that need it skip and say so. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export function missingChromium(): string | null {
  if (!existsSync(executablePath)) {
    return `There is no Chromium at ${executablePath}; install it ("apt-get install chromium") or set CHROMIUM_PATH.`;
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
