/**
 * Makes training pairs from documents without labels: from their headings, their order, their sentences. Only the queries of excerpts and keywords still
 * stand in their passages: if all did, the encoder would learn to match strings and nothing else; if none did, it would unlearn that.
 */

import { type Random, seededRandom } from '../../common/seeded-random.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import { type AdaptationChunk, type AdaptationDocument, passageOffsets } from '../adaptation-document.ts';
import { RareWords } from './rare-words.ts';
import { hasWords, shortenQuery } from './shorten-query.ts';
import { splitSentences } from './split-sentences.ts';
import { TellingHeadings } from './telling-headings.ts';
import type { PairKind, TrainingPair } from './training-pair.ts';

const minPassageWords = 12;
const minSentenceWords = 5;

/** Another seed draws other sentences, excerpts and keywords. `shares`: how many of a kind's pairs are made, 1 (all) where absent. */
export type PairOptions = {
  seed: number | string;
  shares?: Partial<Record<PairKind, number>>;
};

const kinds: readonly PairKind[] = ['heading', 'next', 'sentence', 'excerpt', 'keywords', 'halves'];

/** Counts words and headings of all documents once, for as many rounds of pairs as are asked for. */
export class PairBuilder {
  readonly #documents: readonly AdaptationDocument[];
  readonly #firstPassage: number;
  readonly #offsets: ReadonlyMap<string, number>;
  readonly #headings: TellingHeadings;
  readonly #rareWords: RareWords;

  /** `firstPassage`: index of the documents' first passage in a bank that holds others before them. */
  constructor(documents: readonly AdaptationDocument[], firstPassage = 0) {
    this.#documents = documents;
    this.#firstPassage = firstPassage;
    this.#offsets = passageOffsets(documents);
    this.#headings = new TellingHeadings(documents);
    this.#rareWords = new RareWords(documents);
  }

  /** At most one pair of each kind per passage, in document order. `negative` is left null: see addLexicalNegatives. */
  build(options: PairOptions): TrainingPair[] {
    return [...this.byDocument(options)].flat();
  }

  /** The same, so that a caller may do other things between two documents. */
  *byDocument({ seed, shares = {} }: PairOptions): Generator<TrainingPair[]> {
    for (const document of this.#documents) {
      const random = seededRandom(`pairs ${seed} ${document.documentId}`);
      yield document.chunks.flatMap((_, index) => {
        const wanted = kinds.filter((kind) => (shares[kind] ?? 1) > random.next());
        return this.#ofPassage(document, index, new Set(wanted), random);
      });
    }
  }

  #ofPassage(
    document: AdaptationDocument,
    index: number,
    wanted: ReadonlySet<PairKind>,
    random: Random,
  ): TrainingPair[] {
    const chunk = document.chunks[index] as AdaptationChunk;
    if (!hasWords(chunk.text, minPassageWords)) return [];
    const next = document.chunks[index + 1];
    const following = next?.text ?? null;
    const pairs: TrainingPair[] = [];
    const first = this.#firstPassage + (this.#offsets.get(document.documentId) as number);
    const add = (kind: PairKind, query: string, positive: string, after = following, of = index) =>
      pairs.push({
        kind,
        group: document.documentId,
        passage: first + of,
        query,
        positive,
        following: after,
        negative: null,
      });
    const body = bodyOf(document, chunk);
    const inContext = (text: string) => passageText({ headingPath: chunk.headingPath, text });
    const heading = wanted.has('heading') ? this.#headings.of(document, chunk) : null;
    if (heading) add('heading', heading, body);
    if (wanted.has('next') && next && hasWords(next.text, minPassageWords)) {
      add('next', body, passageText(next), document.chunks[index + 2]?.text ?? null, index + 1);
    }
    const cloze = wanted.has('sentence') ? takeSentence(body, random) : null;
    if (cloze) add('sentence', cloze.sentence, inContext(cloze.rest));
    if (wanted.has('excerpt') && body.trim()) add('excerpt', shortenQuery(body, random), passageText(chunk));
    const keywords = wanted.has('keywords') ? this.#rareWords.draw(chunk.text, random) : null;
    if (keywords) add('keywords', keywords, passageText(chunk));
    const halves = wanted.has('halves') ? splitInHalves(body) : null;
    if (halves) add('halves', halves[0], inContext(halves[1]));
    return pairs;
  }
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
  return hasWords(rest, minPassageWords) ? { sentence: chosen.text, rest } : null;
}

/** First and second half, cut at a sentence's end where there is one near the middle, else between two words. */
export function splitInHalves(text: string): [string, string] | null {
  if (!hasWords(text, 2 * minPassageWords)) return null;
  const middle = text.length / 2;
  const cuts = splitSentences(text).map((sentence) => sentence.end);
  let cut = cuts.reduce((best, end) => (Math.abs(end - middle) < Math.abs(best - middle) ? end : best), 0);
  if (Math.abs(cut - middle) > text.length / 4) cut = text.indexOf(' ', Math.floor(middle));
  const halves: [string, string] = [text.slice(0, cut).trim(), text.slice(cut).trim()];
  return halves.every((half) => hasWords(half, minSentenceWords)) ? halves : null;
}
