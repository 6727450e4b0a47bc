/** An answer as far as its stream of events has told it; the page, the command line and the tool for assistants gather it alike. */
import type { AnswerEvent, AnswerOutcome, AnswerPassage, AnswerSentence } from './answers.ts';

export type GatheredAnswer = {
  readonly passages: readonly AnswerPassage[];
  readonly notices: readonly string[];
  readonly sentences: readonly AnswerSentence[];
  /** The sentence that is being written. */
  readonly writing: string;
  /** Null before the end. */
  readonly outcome: AnswerOutcome | null;
  readonly model: string | null;
};

export const nothingGathered: GatheredAnswer = {
  passages: [],
  notices: [],
  sentences: [],
  writing: '',
  outcome: null,
  model: null,
};

export function withEvent(answer: GatheredAnswer, event: AnswerEvent): GatheredAnswer {
  switch (event.type) {
    case 'passages':
      return { ...answer, passages: event.passages, notices: event.notices };
    case 'writing':
      return { ...answer, writing: event.text };
    case 'sentence':
      return { ...answer, sentences: [...answer.sentences, event.sentence], writing: '' };
    case 'end':
      return { ...answer, outcome: event.outcome, model: event.model };
  }
}

/** Passages that a sentence rests on, in their order. */
export function usedPassages({ passages, sentences }: Pick<GatheredAnswer, 'passages' | 'sentences'>) {
  const used = new Set(sentences.flatMap((sentence) => sentence.passages));
  return passages.filter(({ number }) => used.has(number));
}
