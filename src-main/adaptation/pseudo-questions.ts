/**
 * Questions that held-out documents ask of themselves, of several kinds, each with the one passage that answers it.
 * The answer is stripped of what the question was made from, so that finding it takes more than matching strings.
 */

import { type Random, seededRandom, shuffled } from '../common/seeded-random.ts';
import { passageText } from '../library/passage-text.ts';
import type { AdaptationDocument } from './adaptation-document.ts';
import { bodyOf, countWords, headingOf, takeSentence } from './build-pairs.ts';
import { type LexicalIndex, wordsOf } from './lexical-index.ts';

export const questionKinds = ['heading', 'sentence', 'keywords'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export type PseudoQuestion = {
  kind: QuestionKind;
  documentId: string;
  question: string;
  answer: string;
};

const minAnswerWords = 20;
const keywordCount = 4;

/** Kinds are balanced as far as the documents allow; at most `limit` questions, drawn over documents evenly. */
export function pseudoQuestions(
  documents: readonly AdaptationDocument[],
  index: LexicalIndex,
  options: { seed: number; limit: number },
): PseudoQuestion[] {
  const byKind = new Map<QuestionKind, PseudoQuestion[]>(questionKinds.map((kind) => [kind, []]));
  for (const document of documents) {
    const random = seededRandom(`questions ${options.seed} ${document.documentId}`);
    const chunks = document.chunks.filter((chunk) => countWords(chunk.text) >= minAnswerWords);
    for (const chunk of shuffled(chunks, random).slice(0, 4)) {
      const add = (kind: QuestionKind, question: string, answer: string) =>
        byKind.get(kind)?.push({ kind, documentId: document.documentId, question, answer });
      const heading = headingOf(document, chunk);
      const body = bodyOf(document, chunk);
      if (heading) add('heading', heading, body);
      for (const cloze of takeSentences(body, random)) {
        const answer = passageText({ headingPath: chunk.headingPath, text: cloze.rest });
        add('sentence', cloze.sentence, answer);
        const keywords = keywordsOf(cloze.sentence, index);
        if (keywords.length >= 2) add('keywords', keywords.join(' '), answer);
      }
    }
  }
  const perKind = Math.ceil(options.limit / questionKinds.length);
  const random = seededRandom(`question order ${options.seed}`);
  return [...byKind.values()].flatMap((questions) => shuffled(questions, random).slice(0, perKind));
}

/** Up to two sentences, each with the text that is left without it. */
function takeSentences(text: string, random: Random) {
  const taken = [takeSentence(text, random), takeSentence(text, random)].filter((cloze) => cloze !== null);
  return taken.filter((cloze, at) => taken.findIndex(({ sentence }) => sentence === cloze.sentence) === at);
}

/** The rarest words of a sentence, in its order: what a hurried person types. */
function keywordsOf(sentence: string, index: LexicalIndex): string[] {
  const words = [...new Set(wordsOf(sentence))].filter((word) => word.length > 2);
  const rarest = [...words]
    .sort((x, y) => index.inverseDocumentFrequency(y) - index.inverseDocumentFrequency(x))
    .slice(0, keywordCount);
  return words.filter((word) => rarest.includes(word));
}
