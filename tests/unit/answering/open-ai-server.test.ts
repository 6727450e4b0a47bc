/** A chat server is of this machine or is not spoken to; what it answers is taken as it comes, and left when nobody reads on. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isLoopback, parseLoopbackAddress } from '../../../src-main/answering/chat/loopback-address.ts';
import { listServerModels, openServerChat } from '../../../src-main/answering/chat/open-ai-server.ts';
import { type ChatServer, type ChatServerOptions, startChatServer } from '../../support/chat/chat-server.ts';

let server: ChatServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});
const serve = async (options: ChatServerOptions) => {
  server = await startChatServer(options);
  return server;
};
const never = new AbortController().signal;
const question = [{ role: 'user' as const, content: 'When?' }];

async function answerOf(url: string, signal = never): Promise<string> {
  const chat = await openServerChat(url, 'tiny-chat', signal);
  let text = '';
  for await (const piece of chat.write(question, signal)) text += piece;
  return text;
}

describe('the address', () => {
  test.each([
    ['http://127.0.0.1:11434', 'http://127.0.0.1:11434/v1'],
    ['http://localhost:1234/v1/', 'http://localhost:1234/v1'],
    ['http://[::1]:8080', 'http://[::1]:8080/v1'],
    ['http://127.9.9.9:80/llm', 'http://127.9.9.9/llm'],
    // Other spellings of the same address; the rule is asked of what they mean.
    ['http://2130706433:8080', 'http://127.0.0.1:8080/v1'],
    ['http://0x7f.1', 'http://127.0.0.1/v1'],
  ])('%s is of this machine', (text, base) => {
    expect(parseLoopbackAddress(text)).toBe(base);
  });

  test.each([
    'https://api.openai.com/v1',
    'http://api.openai.com/v1',
    'http://192.168.1.10:11434',
    'http://10.0.0.1',
    'http://0.0.0.0:11434',
    'http://169.254.169.254/latest',
    'http://[::]:80',
    'http://[fe80::1]',
    'http://[::ffff:8.8.8.8]',
    'http://127.0.0.1.evil.example',
    'http://localhost.evil.example',
    'http://127.0.0.1@evil.example',
    'http://user:secret@127.0.0.1',
    'http://127.0.0.1?x=1',
    'file:///etc/passwd',
    'ftp://127.0.0.1',
    'unix:/tmp/socket',
    'javascript:alert(1)',
    'localhost:11434',
    'nonsense',
    '',
  ])('%j is refused', (text) => {
    expect(() => parseLoopbackAddress(text)).toThrow(/must be on this machine/);
  });

  test('an address that is none is not of this machine', () => {
    for (const text of ['', 'localhost', '8.8.8.8', '::ffff:8.8.8.8', '128.0.0.1'])
      expect(isLoopback(text)).toBe(false);
  });
});

describe('the answer', () => {
  test('comes piece by piece, without what the model thinks aloud', async () => {
    const { url, requests } = await serve({
      pieces: ['<thi', 'nk>secret', ' words</th', 'ink>\n\nIn ', 'May', '.'],
    });
    expect(await answerOf(url)).toBe('In May.');
    expect(requests).toMatchObject([{ model: 'tiny-chat', stream: true, messages: question }]);
  });

  test('is of the first model where none is named', async () => {
    const { url, requests } = await serve({ pieces: ['Yes.'] });
    expect(await listServerModels(url)).toEqual(['tiny-chat', 'other-chat']);
    const chat = await openServerChat(url, '');
    for await (const _piece of chat.write(question, never));
    expect(requests[0]?.model).toBe('tiny-chat');
  });

  test('is left when it is cancelled', async () => {
    const started = await serve({ pieces: ['One. '], hangs: true });
    const stop = new AbortController();
    const chat = await openServerChat(started.url, 'tiny-chat');
    const reading = (async () => {
      for await (const _piece of chat.write(question, stop.signal)) stop.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
    await expect.poll(() => started.leftCount).toBe(1);
  });

  test('never follows a redirect, not even to this machine', async () => {
    let asked = 0;
    const other = createServer((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const location = `http://127.0.0.1:${(other.address() as AddressInfo).port}/v1/models`;
    const { url } = await serve({
      respond: (_request, response) => response.writeHead(302, { location }).end(),
    });
    await expect(answerOf(url)).rejects.toMatchObject({ code: 'model-missing', message: /HTTP 302/ });
    expect(asked).toBe(0);
    other.close();
  });

  test('goes past a proxy that the environment names', async () => {
    const { url } = await serve({ pieces: ['Direct.'] });
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    vi.stubEnv('http_proxy', 'http://127.0.0.1:9');
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    try {
      expect(await answerOf(url)).toBe('Direct.');
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test.each<[string, ChatServerOptions['respond'], RegExp]>([
    [
      'an error in words',
      (_q, response) => response.writeHead(500).end('{"error":{"message":"out of tokens"}}'),
      /HTTP 500.*out of tokens/,
    ],
    [
      'an error in Ollama’s form',
      (_q, response) => response.writeHead(404).end('{"error":"model not found"}'),
      /model not found/,
    ],
    [
      'an error within the stream',
      (_q, response) => response.writeHead(200).end('data: {"error":{"message":"crashed"}}\n\n'),
      /failed: crashed/,
    ],
    [
      'a connection that is cut',
      (_q, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('data: {"choices":[{"delta":{"content":"On"}}]}\n\n', () => response.destroy());
      },
      /broke off/,
    ],
  ])('%s is said', async (_name, respond, message) => {
    const { url } = await serve(respond ? { respond } : {});
    await expect(answerOf(url)).rejects.toMatchObject({ code: 'model-missing', message });
  });

  test('what is no answer at all is an empty one', async () => {
    const { url } = await serve({
      respond: (_request, response) =>
        response.writeHead(200).end('data: nonsense\n\ndata: {"choices":7}\n\ndata: null\n\n'),
    });
    expect(await answerOf(url)).toBe('');
  });

  test('one that never ends is left', async () => {
    const { url } = await serve({
      respond: (_request, response) => {
        response.writeHead(200);
        const line = `data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(1000) } }] })}\n\n`;
        const timer = setInterval(() => response.write(line), 1);
        response.on('close', () => clearInterval(timer));
      },
    });
    expect((await answerOf(url)).length).toBeLessThan(1_100_000);
  });

  test('a server that is not there is named', async () => {
    const { url } = await serve({});
    await server!.close();
    server = undefined;
    await expect(answerOf(url)).rejects.toThrow(
      /No chat server answers at http:\/\/127\.0\.0\.1:\d+\. Start it/,
    );
  });
});
