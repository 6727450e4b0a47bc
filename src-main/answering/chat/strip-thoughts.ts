/** Leaves out what a model thinks aloud before it answers: a block `<think>…</think>` at the very beginning. */

const [opening, closing] = ['<think>', '</think>'];

export async function* stripThoughts(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  let state: 'beginning' | 'thinking' | 'answering' = 'beginning';
  for await (const piece of pieces) {
    if (state === 'answering') {
      yield piece;
      continue;
    }
    held += piece;
    if (state === 'beginning') {
      const start = held.trimStart();
      if (start.startsWith(opening)) state = 'thinking';
      else if (!opening.startsWith(start)) state = 'answering';
    }
    if (state === 'thinking') {
      const end = held.indexOf(closing);
      // Of a long thought, only what may be the beginning of its end is kept.
      if (end < 0) held = opening + held.slice(opening.length).slice(-closing.length);
      else {
        held = held.slice(end + closing.length).trimStart();
        state = 'answering';
      }
    }
    if (state === 'answering' && held !== '') {
      yield held;
      held = '';
    }
  }
  if (state === 'beginning' && held !== '') yield held;
}
