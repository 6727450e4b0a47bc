/**
 * Entry of the command line. Compiled code is kept in the data folder, which nearly halves the time a command takes to
 * start; so everything else is loaded after that. What is printed is flushed before the end, and the end is not left to
 * native threads.
 */

import { homeDirectory } from '../common/paths/home-directory.ts';
import { engineEnvironment } from '../common/processes/engine-environment.ts';
import { keepCompiledCode } from '../common/processes/keep-compiled-code.ts';

Object.assign(process.env, engineEnvironment());
const home = homeDirectory();
keepCompiledCode(home);
const [{ runCommandLine }, { Terminal }] = await Promise.all([
  import('./run-command-line.ts'),
  import('./output/terminal.ts'),
]);
const terminal = new Terminal(process.stdout, process.stderr);
const code = await runCommandLine(process.argv.slice(2), { terminal, home });
await terminal.flush();
process.exit(code);
