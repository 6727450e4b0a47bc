/** Gives a page in the browser what the desktop shell gives: a port to the engine, and dialogs that answer at once. */
import { RPCHandler } from '@orpc/server/message-port';
import type { Page } from 'playwright-core';
import type { FakeHost } from './serve-fake.ts';

/** To be called before the page is loaded, in a context of its own: a page keeps its shell. */
export async function giveDesktop(page: Page, host: FakeHost): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  new RPCHandler(host.engine.router).upgrade(port1);
  port1.start();
  port2.addEventListener('message', ({ data }) => {
    // What comes after the page's end has nobody to hear it.
    void page.evaluate((text) => window.fromEngine?.(text), data as string).catch(() => {});
  });
  port2.start();
  await page.exposeFunction('toEngine', (text: string) => port2.postMessage(text));
  await page.addInitScript(shellOfPage);
  page.once('close', () => port1.close());
}

declare global {
  interface Window {
    toEngine?: (text: string) => Promise<void>;
    fromEngine?: (text: string) => void;
  }
}

/** Runs in the page. The port carries text, but for files. */
function shellOfPage(): void {
  const nothing = () => () => {};
  const shell = {
    platform: 'linux',
    onNavigate: nothing,
    onEngineStateChanged: nothing,
    onShortcutStateChanged: nothing,
    pathOfDropped: () => null,
    pickFile: async () => '/picked/letters.llara',
    pickFolder: async () => '/picked/Letters',
    pickNewFile: async (name: string) => `/picked/${name}`,
    requestEnginePort() {
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = ({ data }) => void window.toEngine!(data);
      window.fromEngine = (text) => port2.postMessage(text);
      window.postMessage({ type: 'llara:engine-port' }, '*', [port1]);
    },
  };
  Object.assign(window, { llara: shell });
}
