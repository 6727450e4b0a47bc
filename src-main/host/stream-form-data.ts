/**
 * Lets a client leave in the middle of an answer that holds a file. Such an answer travels as form data, and the stream
 * that Node makes of form data throws where nobody can catch it when it is cancelled while a piece is on its way
 * (nodejs/undici#5715): a page that is reloaded while a document opens would end the engine. It reads ahead of what is asked
 * for, so a piece can be on its way at any moment: it is never cancelled, only left, with the one piece that it holds.
 */
import { ReadableStream } from 'node:stream/web';
import type { StandardHandleResult } from '@orpc/server/standard';

type StandardResponse = Extract<StandardHandleResult, { matched: true }>['response'];

/** `response` with form data replaced by an equal stream; any other comes back as it is. */
export function streamFormData(response: StandardResponse): StandardResponse {
  if (!(response.body instanceof FormData)) return response;
  const encoded = new Response(response.body);
  if (encoded.body === null) return response;
  return {
    ...response,
    headers: { ...response.headers, 'content-type': encoded.headers.get('content-type') ?? undefined },
    body: ReadableStream.from(pieces(encoded.body)),
  };
}

async function* pieces(stream: NonNullable<Response['body']>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
