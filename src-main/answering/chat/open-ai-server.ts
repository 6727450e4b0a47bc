/**
 * A chat model behind a server of this machine that speaks OpenAI's form, as Ollama, llama.cpp's server and LM Studio do. Nothing
 * but a loopback address is ever connected to: no redirect is followed and no proxy is asked.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { AppError } from '../../common/app-error.ts';
import { type Chat, type ChatMessage, longestAnswerTokens } from './chat.ts';
import { isLoopback, lookupLoopback, parseLoopbackAddress } from './loopback-address.ts';
import { stripThoughts } from './strip-thoughts.ts';

/** An answer's few hundred pieces come in some 300 characters each; a server that never ends is left. */
const longestStreamCharacters = 1_000_000;
const longestBodyBytes = 1_000_000;

const modelList = z.object({ data: z.array(z.object({ id: z.string().min(1).max(300) })) });
const chunk = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }).optional() })).optional(),
  error: z.object({ message: z.string() }).optional(),
});
const refusal = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

/** What the server offers, in its order. `address` is checked. Throws `bad-request` or `model-missing`. */
export async function listServerModels(address: string, signal?: AbortSignal): Promise<string[]> {
  const base = parseLoopbackAddress(address);
  const response = await send(`${base}/models`, null, signal);
  const body = await textOf(response);
  if (response.statusCode !== 200) throw refused(base, response.statusCode, body);
  const list = modelList.safeParse(parseJson(body));
  if (!list.success)
    throw new AppError('model-missing', `What answers at ${base} names no models as OpenAI's form has it.`);
  return list.data.data.map(({ id }) => id);
}

/** `model` is empty for the first that the server names. Throws as `listServerModels` does. */
export async function openServerChat(address: string, model: string, signal?: AbortSignal): Promise<Chat> {
  const base = parseLoopbackAddress(address);
  const name = model === '' ? (await listServerModels(address, signal))[0] : model;
  if (name === undefined)
    throw new AppError('model-missing', `The server at ${base} has no model. Load one there first.`);
  return { name, write: (messages, signal) => stripThoughts(writeAnswer(base, name, messages, signal)) };
}

async function* writeAnswer(
  base: string,
  model: string,
  messages: readonly ChatMessage[],
  signal: AbortSignal,
): AsyncGenerator<string> {
  const body = { model, messages, stream: true, max_tokens: longestAnswerTokens, temperature: 0 };
  const response = await send(`${base}/chat/completions`, JSON.stringify(body), signal);
  if (response.statusCode !== 200) throw refused(base, response.statusCode, await textOf(response));
  let characters = 0;
  const events: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => events.push(data) });
  response.setEncoding('utf8');
  try {
    for await (const received of response as AsyncIterable<string>) {
      signal.throwIfAborted();
      parser.feed(received);
      for (const data of events.splice(0)) {
        if (data === '[DONE]') return;
        const text = textOfChunk(data);
        if (text !== '') yield text;
      }
      characters += received.length;
      if (characters > longestStreamCharacters) return;
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError) throw error;
    throw new AppError('model-missing', `The chat server at ${base} broke off its answer.`, { cause: error });
  } finally {
    response.destroy();
  }
}

/** What one event adds to the answer; nothing where it is of another form. Throws what the server says went wrong. */
function textOfChunk(data: string): string {
  const parsed = chunk.safeParse(parseJson(data));
  if (!parsed.success) return '';
  const { error, choices } = parsed.data;
  if (error) throw new AppError('model-missing', `The chat server failed: ${error.message.slice(0, 500)}`);
  return choices?.[0]?.delta?.content ?? '';
}

/** Resolves with the head of the answer. An agent of its own, for the common one may be told to use a proxy. */
function send(address: string, body: string | null, signal?: AbortSignal): Promise<IncomingMessage> {
  signal?.throwIfAborted();
  const agent = new Agent({ keepAlive: false });
  return new Promise((resolve, reject) => {
    const outgoing = request(address, {
      agent,
      lookup: lookupLoopback,
      method: body === null ? 'GET' : 'POST',
      headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      ...(signal ? { signal } : {}),
    });
    outgoing.once('response', (response) => {
      const { remoteAddress } = response.socket;
      if (remoteAddress !== undefined && isLoopback(remoteAddress)) return resolve(response);
      outgoing.destroy();
      reject(new AppError('bad-request', `${address} does not lead to this machine.`));
    });
    outgoing.on('error', (cause) => {
      if (signal?.aborted) return reject(signal.reason);
      const message = `No chat server answers at ${new URL(address).origin}. Start it, or choose another one in the settings.`;
      reject(new AppError('model-missing', message, { cause }));
    });
    outgoing.end(body);
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > longestBodyBytes) break;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function refused(base: string, status: number | undefined, body: string): AppError {
  const parsed = refusal.safeParse(parseJson(body));
  const error = parsed.success ? parsed.data.error : null;
  const why = error === null ? '' : ` ${(typeof error === 'string' ? error : error.message).slice(0, 500)}`;
  return new AppError('model-missing', `The chat server at ${base} refused (HTTP ${status ?? '?'}).${why}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // The caller's schema says what is missing.
  }
}
