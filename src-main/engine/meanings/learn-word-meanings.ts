/**
 * The last part of indexing: vectors of the library's own words, by which a question finds words of like meaning. They take at most a fifth of
 * the time that passages take, and are made anew only when the library has changed by a good part.
 */
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { type BankWord, WordBank } from '../../search/words/word-bank.ts';
import { WordCounter } from '../../search/words/word-counter.ts';
import type { ChunkSet } from '../../store/chunk-set.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const maxWords = 16_000;
/** A word is a twentieth of the work that a passage is. */
const wordsPerPassage = 3;
const fewWords = 300;
/** Passages more or fewer than when the words were counted, as part of those. */
const largeChange = 0.1;
/** Enough for all lanes of the encoder; a pause or a cancel waits for one call. */
const wordsPerCall = 256;

/** Cancelled, it leaves the words that were there before. */
export async function learnWordMeanings(
  session: LibrarySession,
  set: ChunkSet,
  encoder: TextEncoder,
  control: JobControl,
): Promise<void> {
  const passages = set.passageTotal;
  const before = await session.meanings.bankOf(encoder);
  if (passages === 0 || (before && Math.abs(passages - before.passages) <= before.passages * largeChange))
    return;
  const words = await countWords(set, control);
  const vectors: Float32Array[] = [];
  for (let first = 0; first < words.length; first += wordsPerCall) {
    control.report('relating', first, words.length, 'words');
    await control.checkpoint();
    const some = words.slice(first, first + wordsPerCall).map(({ word }) => word);
    const options = { priority: 'background' as const, signal: control.signal };
    vectors.push(...(await encoder.encode(some, 'passage', options)));
  }
  await session.meanings.keep(encoder, { bank: WordBank.of(words, vectors), passages });
  await session.meanings.keepOnly(session.vectors.sets.list().map((each) => each.encoder));
}

async function countWords(set: ChunkSet, control: JobControl): Promise<BankWord[]> {
  const counter = new WordCounter();
  for await (const rows of set.readRows({ signal: control.signal })) {
    await control.checkpoint();
    for (const { text, language } of rows) counter.add(text, language);
  }
  return counter.mostFrequent(Math.min(maxWords, fewWords + wordsPerPassage * set.passageTotal));
}
