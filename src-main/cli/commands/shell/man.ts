/** `llara man`: prints the manual page, for systems where none was installed: `llara man | man -l -`. */
import type { Command } from 'commander';
import { productVersion } from '../../../engine/product-version.ts';
import { manPage } from '../../manual/man-page.ts';
import type { Terminal } from '../../output/terminal.ts';

export function addManCommand(program: Command, terminal: Terminal): void {
  program
    .command('man')
    .description('print the manual page; to read it: llara man | man -l -')
    .action(() => terminal.print(manPage(program, productVersion()).trimEnd()));
}
