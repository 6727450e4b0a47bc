/**
 * Training pairs that documents give without labels: their headings, their order, their sentences. Only excerpts and
 * keywords are asked of passages that still contain them: were all pairs like that, matching strings would be all there is to learn; without
 * any, it is unlearnt.
 */

import { type Random, seededRandom } from '../common/seeded-random.ts';
import { passageText } from '../library/passage-text.ts';
import type { AdaptationChunk, AdaptationDocument } from './adaptation-document.ts';
import { countWords } from './count-words.ts';
import { RareWords } from './rare-words.ts';
import { splitSentences } from './split-sentences.ts';
import { TellingHeadings } from './telling-headings.ts';
import type { PairKind, TrainingPair } from './training-pair.ts';

const minPassageWords = 12;
const minSentenceWords = 5;
const minExcerptWords = 3;
/** Share of a sentence's words that an excerpt leaves out. */
const droppedWords = 0.2;

export type BuildPairsOptions = { seed: number; kinds?: readonly PairKind[] };

/** At most one pair of each kind per passage, in document order. `negative` is left null: see addLexicalNegatives. */
export function buildPairs(
  documents: readonly AdaptationDocument[],
  options: BuildPairsOptions,
): TrainingPair[] {
  const kinds = new Set(
    options.kinds ?? (['heading', 'next', 'sentence', 'excerpt', 'keywords', 'halves'] as const),
  );
  const headings = new TellingHeadings(documents);
  const rareWords = kinds.has('keywords') ? new RareWords(documents) : null;
  const pairs: TrainingPair[] = [];
  for (const document of documents) {
    const random = seededRandom(`pairs ${options.seed} ${document.documentId}`);
    document.chunks.forEach((chunk, index) => {
      if (countWords(chunk.text) < minPassageWords) return;
      const next = document.chunks[index + 1];
      const following = next?.text ?? null;
      const add = (kind: PairKind, query: string, positive: string, after: string | null, of = index) => {
        if (kinds.has(kind)) {
          pairs.push({
            kind,
            documentId: document.documentId,
            chunk: of,
            query,
            positive,
            following: after,
            negative: null,
          });
        }
      };
      const heading = headings.of(document, chunk);
      const body = bodyOf(document, chunk);
      const inContext = (text: string) => passageText({ headingPath: chunk.headingPath, text });
      if (heading) add('heading', heading, body, following);
      if (next && countWords(next.text) >= minPassageWords) {
        add('next', body, passageText(next), document.chunks[index + 2]?.text ?? null, index + 1);
      }
      const cloze = takeSentence(body, random);
      if (cloze) {
        add('sentence', cloze.sentence, inContext(cloze.rest), following);
        const words = cloze.sentence.split(/\s+/).filter(() => random.next() >= droppedWords);
        if (words.length >= minExcerptWords) add('excerpt', words.join(' '), passageText(chunk), following);
      }
      const keywords = rareWords?.draw(chunk.text, random);
      if (keywords) add('keywords', keywords, passageText(chunk), following);
      const halves = splitInHalves(body);
      if (halves) add('halves', halves[0], inContext(halves[1]), following);
    });
  }
  return pairs;
}

/** The passage's own text, less the title and headings that it opens with. */
export function bodyOf(document: AdaptationDocument, chunk: AdaptationChunk): string {
  return [document.title, ...chunk.headingPath].reduce(
    (text, heading) => (heading.trim() ? withoutHeading(text, heading.trim()) : text),
    chunk.text,
  );
}

export function withoutHeading(text: string, heading: string): string {
  const start = text.slice(0, heading.length).toLowerCase();
  return start === heading.toLowerCase() ? text.slice(heading.length).replace(/^[\s.:\-–—]+/, '') : text;
}

/** One sentence drawn at random, and the text with that sentence removed. */
export function takeSentence(text: string, random: Random): { sentence: string; rest: string } | null {
  const sentences = splitSentences(text, minSentenceWords);
  if (sentences.length < 2) return null;
  const chosen = sentences[random.below(sentences.length)];
  if (!chosen) return null;
  const rest = `${text.slice(0, chosen.start)} ${text.slice(chosen.end)}`.replace(/\s+/g, ' ').trim();
  return countWords(rest) >= minPassageWords ? { sentence: chosen.text, rest } : null;
}

/** First and second half, cut at a sentence's end where there is one near the middle, else between two words. */
export function splitInHalves(text: string): [string, string] | null {
  if (countWords(text) < 2 * minPassageWords) return null;
  const middle = text.length / 2;
  const cuts = splitSentences(text).map((sentence) => sentence.end);
  let cut = cuts.reduce((best, end) => (Math.abs(end - middle) < Math.abs(best - middle) ? end : best), 0);
  if (Math.abs(cut - middle) > text.length / 4) cut = text.indexOf(' ', Math.floor(middle));
  const halves: [string, string] = [text.slice(0, cut).trim(), text.slice(cut).trim()];
  return halves.every((half) => countWords(half) >= minSentenceWords) ? halves : null;
}
