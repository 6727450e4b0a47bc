/** What becomes of an answer when the process that writes it goes away: on a GPU the processor takes over, unless words were said already. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatLine, ChatRequest } from '../../../src-main/answering/chat/chat-lines.ts';
import { ggufChat } from '../../../src-main/answering/chat/gguf-chat.ts';
import type { EntryOutcome, runEntry } from '../../../src-main/common/run-entry.ts';

type Run = { says?: ChatLine[]; outcome?: Partial<EntryOutcome> };

let directory: string;
let requests: ChatRequest[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'llara-chat-'));
  requests = [];
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const text = (value: string): ChatLine => ({ type: 'text', text: value });
const end: ChatLine = { type: 'end', stopReason: 'eogToken' };
const crash = { code: null, stderr: 'vk::DeviceLostError\n' };

/** One run after the other. */
async function answer(runs: Run[], device = 'auto'): Promise<string> {
  const run: typeof runEntry = async (_entry, path, { onOutput }) => {
    requests.push(JSON.parse(readFileSync(path, 'utf8')));
    const { says = [], outcome } = runs.shift()!;
    for (const line of says) onOutput?.(`${JSON.stringify(line)}\n`);
    return { code: 0, stdout: '', stderr: '', timedOut: false, ...outcome };
  };
  const chat = ggufChat({
    name: 'tiny',
    modelPath: '/models/tiny.gguf',
    fileBytes: 1000,
    bytesPerToken: 100,
    contextLength: 4096,
    directory,
    threads: 1,
    device,
    packDirectory: '/packs/cuda-1',
    run,
  });
  let said = '';
  for await (const piece of chat.write([{ role: 'user', content: 'why?' }], new AbortController().signal))
    said += piece;
  return said;
}

describe('a process that writes an answer', () => {
  it('is told of the GPU and of what was fetched for it, and leaves no request behind', async () => {
    expect(await answer([{ says: [text('Because.'), end] }])).toBe('Because.');
    expect(requests).toMatchObject([{ useGpu: true, packDirectory: '/packs/cuda-1', question: 'why?' }]);
    expect(existsSync(directory) && readdirSync(directory)).toEqual([]);
  });

  it('that crashes before its first word is followed by one on the processor', async () => {
    expect(await answer([{ outcome: crash }, { says: [text('Because.'), end] }])).toBe('Because.');
    expect(requests.map(({ useGpu }) => useGpu)).toEqual([true, false]);
  });

  it.each<[string, Run[], string, RegExp, boolean[]]>([
    ['in the middle', [{ says: [text('Be')], outcome: crash }], 'auto', /DeviceLost/, [true]],
    ['on the processor', [{ outcome: crash }], 'cpu', /DeviceLost/, [false]],
    ['on both', [{ outcome: crash }, { outcome: { code: 3 } }], 'auto', /code 3/, [true, false]],
    ['for it took too long', [{ outcome: { code: null, timedOut: true } }], 'auto', /too long/, [true]],
    [
      'with a reason',
      [{ says: [{ type: 'failed', message: 'no such file' }] }],
      'auto',
      /no such file/,
      [true],
    ],
  ])('that ends %s is told as it is', async (_, runs, device, message, byGpu) => {
    await expect(answer(runs, device)).rejects.toMatchObject({
      code: 'model-invalid',
      message: expect.stringMatching(message),
    });
    expect(requests.map(({ useGpu }) => useGpu)).toEqual(byGpu);
  });
});
