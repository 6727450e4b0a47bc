/**
 * Answers a question from passages, as a stream: the passages, then sentence by sentence what the chat model writes, each checked against
 * the passages, then the end. Where the passages hold no answer, it says so and leaves the model alone.
 */
import type { AnswerEvent, AnswerOutcome, AnswerPassage } from '../contract/answers/answers.ts';
import type { Chat } from './chat/chat.ts';
import { SupportCheck } from './check-support.ts';
import { composePrompt, noAnswer } from './compose-prompt.ts';
import { mayAnswer } from './judge-retrieval.ts';
import { compareBy, type MeaningOf } from './similarity.ts';
import { AnswerSplitter, type WrittenSentence } from './split-answer.ts';

export type AnswerTask = {
  question: string;
  passages: readonly AnswerPassage[];
  notices: readonly string[];
  /** The search's: 0…1 that something answers; null where it does not judge. */
  confidence: number | null;
  chat: Chat;
  /** Null while the library has no encoder. */
  meaningOf: MeaningOf | null;
};

const longestAnswerCharacters = 8_000;

export async function* answerQuestion(task: AnswerTask, signal: AbortSignal): AsyncGenerator<AnswerEvent> {
  const { question, passages, chat, meaningOf } = task;
  const startedAtMs = performance.now();
  const end = (outcome: AnswerOutcome, model: string | null): AnswerEvent => ({
    type: 'end',
    outcome,
    model,
    seconds: (performance.now() - startedAtMs) / 1000,
  });
  yield { type: 'passages', passages: [...passages], notices: [...task.notices] };
  const comparison = meaningOf && (await compareBy(meaningOf, signal));
  if (passages.length === 0 || !(await mayAnswer(task, comparison, signal)))
    return yield end('not-in-documents', null);
  const support = await SupportCheck.create(passages, comparison, signal);
  const known = new Set(passages.map(({ number }) => number));
  const checked = async ({ text, named, opensParagraph }: WrittenSentence): Promise<AnswerEvent> => {
    const own = named.filter((number) => known.has(number));
    const { supporting } = await support.check(text, own, signal);
    const isSupported = supporting.length > 0;
    return {
      type: 'sentence',
      sentence: { text, passages: isSupported ? supporting : own, isSupported, opensParagraph },
    };
  };

  const splitter = new AnswerSplitter();
  let written = '';
  let isHeld = true;
  for await (const piece of chat.write(composePrompt(question, passages), signal)) {
    signal.throwIfAborted();
    written += piece;
    if (written.length > longestAnswerCharacters) break;
    // As long as it may become the words for "no answer", nothing is shown.
    if (isHeld && noAnswer.startsWith(plain(written).slice(0, noAnswer.length))) continue;
    const done = splitter.add(isHeld ? written : piece);
    isHeld = false;
    for (const sentence of done) yield await checked(sentence);
    if (splitter.writing !== '') yield { type: 'writing', text: splitter.writing };
  }
  signal.throwIfAborted();
  if (plain(written).startsWith(noAnswer) || written.trim() === '')
    return yield end('not-in-documents', chat.name);
  if (isHeld) for (const sentence of splitter.add(written)) yield await checked(sentence);
  for (const sentence of splitter.finish()) yield await checked(sentence);
  yield end(written.length > longestAnswerCharacters ? 'cut-off' : 'answered', chat.name);
}

/** Letters in capitals, one space between words: models vary what they were told to write. */
const plain = (text: string): string =>
  text
    .toUpperCase()
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trimStart();
