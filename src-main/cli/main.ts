/**
 * Entry of the command line. Compiled code is kept in the data folder, which nearly halves the time a command takes to
 * start; so everything else is loaded after that. What is printed is flushed before the end, and the end is not left to
 * native threads.
 */
import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { engineEnvironment } from '../common/engine-environment.ts';
import { homeDirectory } from '../common/paths/home-directory.ts';

Object.assign(process.env, engineEnvironment());
const home = homeDirectory();
// Only where there is a data folder: asking for help makes none.
if (existsSync(home)) enableCompileCache(join(home, 'compile-cache'));
const [{ runCommandLine }, { Terminal }] = await Promise.all([
  import('./run-command-line.ts'),
  import('./output/terminal.ts'),
]);
const terminal = new Terminal(process.stdout, process.stderr);
const code = await runCommandLine(process.argv.slice(2), { terminal, home });
await terminal.flush();
process.exit(code);
