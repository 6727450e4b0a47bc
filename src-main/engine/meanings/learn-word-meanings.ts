/**
 * The last part of indexing: vectors of the library's own words, by which a question finds words of like meaning. They take at most a fifth of
 * the time that passages take, and are made anew only when the library has changed by a good part.
 */
import type { TextEncoder } from '../../llara/encode/text-encoder.ts';
import { WordBank } from '../../search/words/word-bank.ts';
import type { ChunkSet } from '../../store/chunk-set.ts';
import { isGrammarWord } from '../../words/common-words.ts';
import { splitText } from '../../words/split-text.ts';
import { stemsOf } from '../../words/word-terms.ts';
import { putInOrder } from '../indexing/put-in-order.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';

const maxWords = 16_000;
/** A word is a twentieth of the work that a passage is. */
const wordsPerPassage = 3;
const fewWords = 300;
/** Passages more or fewer than when the words were counted, as part of those. */
const largeChange = 0.1;
const wordsPerCall = 64;
const plainWord = /^\p{L}{3,30}$/u;

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
    const some = words.slice(first, first + wordsPerCall);
    const options = { priority: 'background' as const, signal: control.signal };
    vectors.push(...(await encoder.encode(some, 'passage', options)));
  }
  await putInOrder(session, control, () =>
    session.meanings.keep(encoder, { bank: WordBank.of(words, vectors), passages }),
  );
  await session.meanings.keepOnly(session.vectors.sets.list().map((each) => each.encoder));
}

/** The words that most passages hold, in lower case; of those with one stem the most frequent. */
async function countWords(set: ChunkSet, control: JobControl): Promise<string[]> {
  const counts = new Map<string, Map<string, number>>();
  for await (const rows of set.readRows({ signal: control.signal })) {
    await control.checkpoint();
    for (const { text, language } of rows) {
      const pieces = splitText(text.normalize('NFC').toLowerCase());
      for (const word of new Set(
        pieces.filter(({ script }) => script === 'spaced').map((piece) => piece.text),
      )) {
        if (!plainWord.test(word) || isGrammarWord(word, language)) continue;
        const stem = stemsOf(word, language)[0] ?? word;
        const forms = counts.get(stem) ?? new Map<string, number>();
        forms.set(word, (forms.get(word) ?? 0) + 1);
        counts.set(stem, forms);
      }
    }
  }
  const ranked = Array.from(counts.values(), (forms) => {
    const [word] = [...forms].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] as [string, number];
    return { word, passages: [...forms.values()].reduce((sum, count) => sum + count, 0) };
  }).sort((a, b) => b.passages - a.passages || (a.word < b.word ? -1 : 1));
  const most = Math.min(maxWords, fewWords + wordsPerPassage * set.passageTotal);
  return [...new Set(ranked.slice(0, most).map(({ word }) => word))];
}
