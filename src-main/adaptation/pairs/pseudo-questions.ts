/**
 * Makes questions from held-out documents, as short as typed ones, each with the text that should answer it. A
 * heading or a sentence is taken out of its answer, which tests whether the encoder knows what a text is about. An
 * excerpt's words stay in it, which tests whether the encoder finds a detail in a text that it never trained on.
 */
import { type Random, seededRandom, shuffled } from '../../common/seeded-random.ts';
import { passageText } from '../../library/passages/passage-text.ts';
import type { AdaptationChunk, AdaptationDocument } from '../adaptation-document.ts';
import { bodyOf } from './pair-builder.ts';
import { countWords, shortenQuery } from './shorten-query.ts';
import { splitSentences } from './split-sentences.ts';
import type { TellingHeadings } from './telling-headings.ts';

export const questionKinds = ['heading', 'excerpt', 'sentence'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export type PseudoQuestion = {
  kind: QuestionKind;
  documentId: string;
  /** The cluster for tests and intervals: questions of neighbouring passages are not independent. */
  cluster: string;
  question: string;
  answer: string;
};

const minAnswerWords = 20;
const minQuestionWords = 5;
/** A short document is one cluster; a long one has several. */
const passagesPerCluster = 8;

/** At most `limit` questions, from all documents in turn, all kinds as far as there are any. `headings`: of all documents. */
export function pseudoQuestions(
  documents: readonly AdaptationDocument[],
  headings: TellingHeadings,
  options: { seed: number; limit: number },
): PseudoQuestion[] {
  const asked = documents.map((document) => {
    const random = seededRandom(`questions ${options.seed} ${document.documentId}`);
    const all = document.chunks.flatMap((chunk, at) => questionsOf(document, chunk, at, headings, random));
    return new Map(questionKinds.map((kind) => [kind, once(all, kind, random)]));
  });
  const drawn: PseudoQuestion[] = [];
  for (const [index, kind] of questionKinds.entries()) {
    const room = Math.ceil((options.limit - drawn.length) / (questionKinds.length - index));
    const ofKind = asked.map((byKind) => byKind.get(kind) ?? []);
    drawn.push(...inTurn(ofKind, room));
  }
  return drawn;
}

function questionsOf(
  document: AdaptationDocument,
  chunk: AdaptationChunk,
  at: number,
  headings: TellingHeadings,
  random: Random,
): PseudoQuestion[] {
  if (countWords(chunk.text) < minAnswerWords) return [];
  const { documentId } = document;
  const cluster = `${documentId} ${Math.floor(at / passagesPerCluster)}`;
  const body = bodyOf(document, chunk);
  const heading = headings.of(document, chunk);
  const questions: PseudoQuestion[] = heading
    ? [{ kind: 'heading', documentId, cluster, question: shortenQuery(heading, random), answer: body }]
    : [];
  if (countWords(body) >= minQuestionWords) {
    const question = shortenQuery(body, random);
    questions.push({ kind: 'excerpt', documentId, cluster, question, answer: passageText(chunk) });
  }
  for (const { text, start, end } of splitSentences(body, minQuestionWords)) {
    const rest = `${body.slice(0, start)} ${body.slice(end)}`.replace(/\s+/g, ' ').trim();
    if (countWords(rest) < minAnswerWords || rest.includes(text)) continue;
    const answer = passageText({ headingPath: chunk.headingPath, text: rest });
    questions.push({ kind: 'sentence', documentId, cluster, question: shortenQuery(text, random), answer });
  }
  return questions;
}

function once(questions: readonly PseudoQuestion[], kind: QuestionKind, random: Random): PseudoQuestion[] {
  const byText = new Map(
    questions.filter((question) => question.kind === kind).map((question) => [question.question, question]),
  );
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
