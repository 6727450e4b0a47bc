/**
 * What a scenario needs of the app, whoever shows it: a page, and an engine that can be made to fail. The same scenarios run
 * in Chromium against the loopback host and in Electron's own window.
 */
import type { ConsoleMessage, Page, Request } from 'playwright-core';

export interface AppUnderTest {
  readonly page: Page;
  /** Addresses asked for that are neither the app's own nor data. */
  readonly foreignRequests: readonly string[];
  /** Errors that the page threw or logged, less those about the engine being away. */
  readonly pageErrors: readonly string[];
  /** SIGKILL to the process that holds the engine. */
  killEngine(): Promise<void>;
  /** Returns once a new engine answers; a launcher whose shell restarts it only waits. */
  restartEngine(): Promise<void>;
  /** Loads the page anew, as a person who closes and opens the window. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface Launcher {
  readonly name: string;
  /** Why this launcher cannot work here, or null. */
  missing(): string | null;
  launch(home: string): Promise<AppUnderTest>;
}

/** Hears what the page says and asks for, until `stop`. */
export function watchPage(page: Page, isOwn: (url: string) => boolean) {
  const foreignRequests: string[] = [];
  const pageErrors: string[] = [];
  const onRequest = (request: Request) => {
    const url = request.url();
    if (!/^(data|blob|about):/.test(url) && !isOwn(url)) foreignRequests.push(url);
  };
  const onError = (error: Error) => pageErrors.push(error.stack ?? error.message);
  const onConsole = (message: ConsoleMessage) => {
    if (message.type() !== 'error') return;
    // Answers with a status of failure, and a lost connection, are what scenarios bring about on purpose.
    if (/Failed to load resource/.test(message.text())) return;
    pageErrors.push(message.text());
  };
  page.on('request', onRequest).on('pageerror', onError).on('console', onConsole);
  const stop = () => page.off('request', onRequest).off('pageerror', onError).off('console', onConsole);
  return { foreignRequests, pageErrors, stop };
}
