/**
 * What people type most and no sentence of a document resembles: a document's name, a number or code that stands in it, a single word. Words find
 * these; an adapter must not take them away.
 */
import { type Random, shuffled } from '../../common/seeded-random.ts';
import type { AdaptationDocument } from '../adaptation-document.ts';

export const shortKinds = ['name', 'identifier', 'word'] as const;
export type ShortKind = (typeof shortKinds)[number];

export type ShortQuestion = { kind: ShortKind; question: string; chunk: number };

/** Part numbers, bookings, accounts, amounts: letters and digits, parted at most by signs that stand within such a number. */
const identifierPattern = /[\p{L}\p{N}]+(?:[-_./:][\p{L}\p{N}]+)*/gu;
const wordPattern = /\p{L}+/gu;
const minIdentifierCharacters = 4;
const minWordLetters = 5;

/** Names, numbers and words that one document alone has, so that a question of nothing else has one right answer. */
export class ShortQuestions {
  readonly #owners = new Map<string, string | null>();

  constructor(documents: readonly AdaptationDocument[]) {
    for (const document of documents) {
      for (const term of termsOf(document)) {
        const owner = this.#owners.get(term);
        this.#owners.set(
          term,
          owner === undefined || owner === document.documentId ? document.documentId : null,
        );
      }
    }
  }

  /** In an order drawn by `random`; a name is asked once, and has no passage of its own. */
  of(document: AdaptationDocument, random: Random): ShortQuestion[] {
    const isOwn = (key: string) => this.#owners.get(key) === document.documentId;
    const name = document.title.trim();
    const questions: ShortQuestion[] = isOwn(nameKey(name))
      ? [{ kind: 'name', question: name, chunk: 0 }]
      : [];
    const seen = new Set<string>();
    for (const [chunk, { text }] of document.chunks.entries()) {
      for (const [kind, found] of [
        ['identifier', identifiersIn(text)],
        ['word', wordsIn(text)],
      ] as const) {
        for (const question of found) {
          const key = question.toLowerCase();
          if (seen.has(key) || !isOwn(key)) continue;
          seen.add(key);
          questions.push({ kind, question, chunk });
        }
      }
    }
    return shuffled(questions, random);
  }
}

const nameKey = (name: string) => `name ${name.toLowerCase()}`;

function* termsOf({ title, chunks }: AdaptationDocument): Generator<string> {
  if (title.trim()) yield nameKey(title.trim());
  for (const { text } of chunks) {
    for (const term of [...identifiersIn(text), ...wordsIn(text)]) yield term.toLowerCase();
  }
}

function identifiersIn(text: string): string[] {
  const tokens = text.match(identifierPattern) ?? [];
  return tokens.filter((token) => token.length >= minIdentifierCharacters && /\p{N}/u.test(token));
}

const wordsIn = (text: string): string[] =>
  (text.match(wordPattern) ?? []).filter((word) => word.length >= minWordLetters);
