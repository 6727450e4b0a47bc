/** The page's other way to the engine, over a MessagePort as the desktop shell hands it over; needs no browser. */
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DesktopBridge } from '../../src-main/contract/desktop-bridge.ts';
import { ENGINE_PORT_MESSAGE } from '../../src-main/contract/desktop-bridge.ts';
import { connectEngine } from '../../src-renderer/bridge/engine-client.ts';
import { createFakeEngine } from '../support/fake-engine/fake-engine.ts';

describe('the link over a MessagePort', () => {
  let shell: FakeShell;
  beforeEach(() => {
    shell = new FakeShell();
    Object.assign(globalThis, { window: shell.window });
  });
  afterEach(() => {
    shell.dropEngine();
    Reflect.deleteProperty(globalThis, 'window');
  });

  it('carries calls, typed failures, files and events', async () => {
    const link = await connectEngine(shell.bridge, AbortSignal.timeout(5000));
    const answer = await link.client.search.query({ query: 'lease' });
    expect(answer.groups[0]?.document.id).toBe('lease');
    const file = await link.client.documents.bytes({ documentId: 'lease' });
    expect((await file.text()).startsWith('%PDF')).toBe(true);
    await expect(link.client.documents.text({ documentId: 'nowhere' })).rejects.toMatchObject({
      code: 'APP_ERROR',
      data: { code: 'not-found' },
    });
    const leaving = new AbortController();
    const events = await link.client.engine.events(undefined, { signal: leaving.signal });
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'snapshot' });
    leaving.abort();
    link.close();
  });

  it('tells when the engine at the other end is gone, and reaches the next one by a new port', async () => {
    const link = await connectEngine(shell.bridge, AbortSignal.timeout(5000));
    await link.client.settings.get();
    shell.dropEngine();
    await link.closed;
    const next = await connectEngine(shell.bridge, AbortSignal.timeout(5000));
    expect((await next.client.settings.get()).theme).toBe('system');
    next.close();
  });

  it('ignores ports that anyone else posts', async () => {
    shell.answering = false;
    const connecting = connectEngine(shell.bridge, AbortSignal.timeout(300));
    shell.post({ type: 'something else' }, shell.window);
    shell.post({ type: ENGINE_PORT_MESSAGE }, null);
    await expect(connecting).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

/** A window that messages are posted to, and a shell that answers a request with a port to a fake engine. */
class FakeShell {
  readonly window = new EventTarget();
  answering = true;
  #port: MessagePort | null = null;

  readonly bridge = {
    requestEnginePort: () => {
      if (this.answering) queueMicrotask(() => this.post({ type: ENGINE_PORT_MESSAGE }, this.window));
    },
  } as unknown as DesktopBridge;

  post(data: unknown, source: unknown): void {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port2;
    new RPCHandler(createFakeEngine().router).upgrade(port2);
    port2.start();
    this.window.dispatchEvent(Object.assign(new Event('message'), { data, source, ports: [port1] }));
  }

  dropEngine(): void {
    this.#port?.close();
    this.#port = null;
  }
}
