/**
 * Makes questions from held-out documents, as short as typed ones, each with the document that should answer it. A
 * heading or a sentence is taken out of its passage, which tests whether the encoder knows what a text is about. An
 * excerpt's words stay in it, which tests whether the encoder finds a detail in a text that it never trained on. Names, numbers and single words
 * are what an adapter must not lose.
 */
import { type Random, seededRandom, shuffled } from '../../common/seeded-random.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { AdaptationChunk, AdaptationDocument } from '../adaptation-document.ts';
import { bodyOf } from './pair-builder.ts';
import { type ShortKind, ShortQuestions, shortKinds } from './short-questions.ts';
import { hasWords, shortenQuery } from './shorten-query.ts';
import { splitSentences } from './split-sentences.ts';
import { TellingHeadings } from './telling-headings.ts';

const longKinds = ['heading', 'excerpt', 'sentence'] as const;
export type QuestionKind = (typeof longKinds)[number] | ShortKind;
/** Of the questions; the rest asks for what a passage says. */
const shortShare = 0.2;

export type PseudoQuestion = {
  kind: QuestionKind;
  documentId: string;
  /** The cluster for tests and intervals: questions of neighbouring passages are not independent. */
  cluster: string;
  question: string;
  /** Which of the document's passages it was taken from. */
  chunk: number;
  /** What is left of that passage, where the question was taken out of it; null where it stands as it is. */
  rest: string | null;
};

const minAnswerWords = 20;
const minQuestionWords = 5;
/** A short document is one cluster; a long one has several. */
const passagesPerCluster = 8;

/**
 * At most `limit` questions, from the documents in turn, all kinds as far as there are any. `library`: all documents, those that are asked among
 * them; what stands in several of them is no question.
 */
export function pseudoQuestions(
  documents: readonly AdaptationDocument[],
  library: readonly AdaptationDocument[],
  { seed, limit }: { seed: number; limit: number },
): PseudoQuestion[] {
  const headings = new TellingHeadings(library);
  const short = new ShortQuestions(library);
  const asked = documents.map((document) => {
    const random = seededRandom(`questions ${seed} ${document.documentId}`);
    const long = document.chunks.flatMap((chunk, at) => questionsOf(document, chunk, at, headings, random));
    const ofKind = (kind: QuestionKind) => long.filter((question) => question.kind === kind);
    const byKind = new Map<QuestionKind, PseudoQuestion[]>(
      longKinds.map((kind) => [kind, once(ofKind(kind), random)]),
    );
    for (const { kind, question, chunk } of short.of(document, random)) {
      const asked = { kind, ...placeOf(document, chunk), question, rest: null };
      byKind.set(kind, [...(byKind.get(kind) ?? []), asked]);
    }
    return byKind;
  });
  const drawn = (kinds: readonly QuestionKind[], most: number) => {
    const all: PseudoQuestion[] = [];
    for (const [index, kind] of kinds.entries()) {
      const room = Math.ceil((most - all.length) / (kinds.length - index));
      const ofKind = asked.map((byKind) => byKind.get(kind) ?? []);
      all.push(...inTurn(ofKind, room));
    }
    return all;
  };
  const shortOnes = drawn(shortKinds, Math.floor(limit * shortShare));
  return [...drawn(longKinds, limit - shortOnes.length), ...shortOnes];
}

function placeOf({ documentId }: AdaptationDocument, chunk: number) {
  return { documentId, cluster: `${documentId} ${Math.floor(chunk / passagesPerCluster)}`, chunk };
}

function questionsOf(
  document: AdaptationDocument,
  chunk: AdaptationChunk,
  at: number,
  headings: TellingHeadings,
  random: Random,
): PseudoQuestion[] {
  if (!hasWords(chunk.text, minAnswerWords)) return [];
  const place = placeOf(document, at);
  const body = bodyOf(document, chunk);
  const heading = headings.of(document, chunk);
  const questions: PseudoQuestion[] = heading
    ? [{ kind: 'heading', ...place, question: shortenQuery(heading, random), rest: body }]
    : [];
  if (hasWords(body, minQuestionWords)) {
    const question = shortenQuery(body, random);
    questions.push({ kind: 'excerpt', ...place, question, rest: null });
  }
  for (const { text, start, end } of splitSentences(body, minQuestionWords)) {
    const rest = `${body.slice(0, start)} ${body.slice(end)}`.replace(/\s+/g, ' ').trim();
    if (!hasWords(rest, minAnswerWords) || rest.includes(text)) continue;
    const left = passageText({ headingPath: chunk.headingPath, text: rest });
    questions.push({ kind: 'sentence', ...place, question: shortenQuery(text, random), rest: left });
  }
  return questions;
}

function once(questions: readonly PseudoQuestion[], random: Random): PseudoQuestion[] {
  const byText = new Map(questions.map((question) => [question.question, question]));
  return shuffled([...byText.values()], random);
}

/** One from each list, then a second from each that has one, and so on. */
function inTurn(lists: readonly PseudoQuestion[][], limit: number): PseudoQuestion[] {
  const drawn: PseudoQuestion[] = [];
  for (let round = 0; drawn.length < limit; round++) {
    const layer = lists.flatMap((list) => list[round] ?? []);
    if (layer.length === 0) break;
    drawn.push(...layer.slice(0, limit - drawn.length));
  }
  return drawn;
}
