/** The passages of an answer, one a line: number, title, place and path. */
import { pathToFileURL } from 'node:url';
import type { AnswerPassage } from '../../contract/answers/answers.ts';
import type { Terminal } from '../output/terminal.ts';
import { printable } from './printable.ts';

export function answerSources(passages: readonly AnswerPassage[], terminal: Terminal): string {
  return passages
    .map(({ number, title, path, page }) => {
      const place = page === null ? '' : `, page ${page}`;
      const link = terminal.link(printable(path), pathToFileURL(path).href);
      return `[${number}] ${terminal.style('bold', printable(title))}${place}  ${terminal.style('dim', link)}`;
    })
    .join('\n');
}
