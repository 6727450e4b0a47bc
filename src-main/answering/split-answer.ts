/**
 * Cuts an answer that is still being written into its sentences, each with the passages that it names. A sentence is done when the next
 * one has begun, for the numbers of passages may stand behind its full stop.
 */
import { sentenceSpans, type TextSpan } from '../library/passages/sentence-spans.ts';

export type WrittenSentence = {
  /** Without its citations. */
  text: string;
  named: number[];
  /** First of a line: models break lines between paragraphs and the items of a list. */
  opensParagraph: boolean;
};

/** Square brackets alone; a number in parentheses may be a year. */
const bracketed = /\s*[[【]\s*(?:passages?\s*)?\d{1,3}(?:\s*(?:,|;|and|und|et|y|&)\s*\d{1,3})*\s*[\]】]/giu;

export class AnswerSplitter {
  #rest = '';
  #opensParagraph = true;

  /** Takes in what came; returns the sentences that are done. */
  add(text: string): WrittenSentence[] {
    this.#rest += text;
    // A bracket that has just been opened may hold a number of the sentence before.
    if (/[[【][^\]】]{0,20}$/.test(this.#rest)) return [];
    const spans = this.#spans();
    const last = spans.at(-1);
    return last === undefined ? [] : this.#take(spans.slice(0, -1), last.start);
  }

  /** The sentence that is being written. */
  get writing(): string {
    return withoutCitations(this.#rest).trim();
  }

  /** What is left, at the end. */
  finish(): WrittenSentence[] {
    return this.#take(this.#spans(), this.#rest.length);
  }

  #spans() {
    this.#rest = numbersInside(this.#rest);
    return sentenceSpans(this.#rest, 0, this.#rest.length);
  }

  #take(spans: readonly TextSpan[], end: number): WrittenSentence[] {
    let from = 0;
    const sentences: WrittenSentence[] = [];
    for (const span of spans) {
      if (this.#rest.slice(from, span.start).includes('\n')) this.#opensParagraph = true;
      from = span.end;
      const written = this.#rest.slice(span.start, span.end);
      const text = withoutCitations(written).trim();
      // A line of marks, such as a rule, says nothing.
      if (!/[\p{L}\p{N}]/u.test(text)) continue;
      sentences.push({ text, named: namedIn(written), opensParagraph: this.#opensParagraph });
      this.#opensParagraph = false;
    }
    if (this.#rest.slice(from, end).includes('\n')) this.#opensParagraph = true;
    this.#rest = this.#rest.slice(end);
    return sentences;
  }
}

/** Numbers behind a full stop belong to the sentence that it ends, and go before it. */
function numbersInside(text: string): string {
  return text.replaceAll(
    /([.!?。！？…]+["”’»)]*)((?:[ \t]*[[【]\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*[\]】])+)[.]?/gu,
    (_all, stop: string, numbers: string) => `${numbers}${stop} `,
  );
}

const withoutCitations = (text: string): string =>
  text
    .replaceAll(bracketed, '')
    // One that has just begun.
    .replace(/\s*[[【]\s*\d{0,3}$/u, '');

function namedIn(text: string): number[] {
  const numbers = [...text.matchAll(bracketed)].flatMap(([written]) => written.match(/\d{1,3}/g) ?? []);
  return [...new Set(numbers.map(Number))];
}
