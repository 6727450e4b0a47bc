/**
 * What EBAE and EBAR learn from: a stretch of whole sentences from a passage, and the sentences that follow it, within the passage and in the next
 * one. Every round begins elsewhere, so that a document of one passage, too, has something that follows.
 */
import { type Random, seededRandom } from '../../common/seeded-random.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { TrainingExample } from '../../llara/training/data/training-example.ts';
import type { AdaptationChunk, AdaptationDocument } from '../adaptation-document.ts';
import { hasWords } from '../pairs/shorten-query.ts';
import { splitSentences } from '../pairs/split-sentences.ts';

/** About what fits into the tokens of a passage that training reads. */
const stretchCharacters = 280;
const minWords = 5;
const maxExamples = 5120;
const maxRounds = 12;

/** The first round takes every passage from its beginning, later ones from a sentence drawn at random. */
export function readingExamples(documents: readonly AdaptationDocument[], seed: number): TrainingExample[] {
  const sentences = new Map<AdaptationChunk, string[]>();
  const sentencesOf = (chunk: AdaptationChunk | undefined): string[] => {
    if (!chunk) return [];
    const known = sentences.get(chunk) ?? splitSentences(chunk.text).map(({ text }) => text);
    sentences.set(chunk, known);
    return known;
  };
  const examples: TrainingExample[] = [];
  for (let round = 0; round < maxRounds; round++) {
    const random = round === 0 ? null : seededRandom(`reading ${round} ${seed}`);
    for (const { documentId, chunks } of documents) {
      for (const [index, chunk] of chunks.entries()) {
        if (examples.length === maxExamples) return examples;
        const stretch = drawStretch(sentencesOf(chunk), sentencesOf(chunks[index + 1]), random);
        if (!stretch) continue;
        const positive = passageText({ headingPath: chunk.headingPath, text: stretch.text });
        // Nothing asks here: EBAE and EBAR are losses on passages.
        const query = stretch.text;
        const { following } = stretch;
        examples.push({ group: documentId, query, positive, following, negative: null, passage: null });
      }
    }
  }
  return examples;
}

/** From a passage's sentences and those of the next one; null where there is too little to read. */
function drawStretch(
  own: readonly string[],
  next: readonly string[],
  random: Random | null,
): { text: string; following: string | null } | null {
  // Without a next passage, the last sentence is kept for what follows.
  const end = next.length === 0 && own.length > 1 ? own.length - 1 : own.length;
  const start = random && end > 1 ? random.below(end) : 0;
  const read = untilLongEnough(own.slice(start, end));
  const text = read.join(' ');
  if (!hasWords(text, minWords)) return null;
  const following = untilLongEnough([...own.slice(start + read.length), ...next]).join(' ');
  return { text, following: following || null };
}

function untilLongEnough(sentences: readonly string[]): string[] {
  const taken: string[] = [];
  let length = 0;
  for (const sentence of sentences) {
    if (length >= stretchCharacters) break;
    taken.push(sentence);
    length += sentence.length;
  }
  return taken;
}
