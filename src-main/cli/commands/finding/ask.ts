/** `llara ask`: an answer in sentences, as they are written, each with the numbers of the passages it rests on; then those passages. */
import { type Command, Option } from 'commander';
import type { AnswerPassage, AnswerSentence } from '../../../contract/answers/answers.ts';
import { nothingGathered, usedPassages, withEvent } from '../../../contract/answers/gather-answer.ts';
import { type SearchMode, searchModeSchema } from '../../../contract/search.ts';
import { addCommand } from '../../add-command.ts';
import {
  type CommandContext,
  type RunCommand,
  type SharedOptions,
  withEngine,
} from '../../command-context.ts';
import { type ExitCode, exitCodes } from '../../output/exit-codes.ts';
import type { Terminal } from '../../output/terminal.ts';
import { answerSources } from '../../results/answer-sources.ts';
import { printable } from '../../results/printable.ts';

type AskOptions = SharedOptions & { mode: SearchMode };

export function addAskCommand(program: Command, run: RunCommand): void {
  addCommand(program, 'ask <question...>', 'answer from the documents, with the chat model that was chosen')
    .addOption(
      new Option('-m, --mode <mode>', 'how to search').choices(searchModeSchema.options).default('hybrid'),
    )
    .addHelpText('after', '\nChoose a chat model first: llara models chat')
    .action((words: string[], options: AskOptions) =>
      run(options, (context) => ask(context, words.join(' '), options)),
    );
}

async function ask(context: CommandContext, question: string, { mode }: AskOptions): Promise<ExitCode> {
  const { terminal, library, json, signal } = context;
  return await withEngine(context, async (client) => {
    const events = await client.answers.ask({ library, question, mode }, { signal });
    const printer = json ? null : new AnswerPrinter(terminal);
    let answer = nothingGathered;
    for await (const event of events) {
      answer = withEvent(answer, event);
      if (event.type === 'passages' && !json) for (const notice of event.notices) terminal.note(notice);
      if (event.type === 'sentence') printer?.print(event.sentence);
    }
    const { model, sentences, passages } = answer;
    const outcome = answer.outcome ?? 'cut-off';
    if (json) terminal.printJson({ question, outcome, model, sentences, passages });
    else printer?.finish(outcome, usedPassages(answer));
    return outcome === 'not-in-documents' ? exitCodes.nothingFound : exitCodes.success;
  });
}

class AnswerPrinter {
  readonly #terminal: Terminal;
  #count = 0;
  #hasUnsupported = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  print({ text, passages, isSupported, opensParagraph }: AnswerSentence): void {
    const gap = this.#count === 0 ? '' : opensParagraph ? '\n\n' : ' ';
    this.#count += 1;
    const numbers = passages.map((number) => `[${number}]`).join('');
    if (!isSupported) this.#hasUnsupported = true;
    const marks = isSupported ? numbers : `${numbers}[?]`;
    this.#terminal.write(`${gap}${printable(text)} ${this.#terminal.style('cyan', marks)}`);
  }

  finish(outcome: string, used: readonly AnswerPassage[]): void {
    const terminal = this.#terminal;
    if (outcome === 'not-in-documents') {
      terminal.print('Not in your documents.');
      return;
    }
    terminal.print(`\n\n${answerSources(used, terminal)}`);
    if (this.#hasUnsupported) terminal.print('\n[?] No passage was found that says so.');
    if (outcome === 'cut-off') terminal.print('\nThe answer was cut off here.');
  }
}
