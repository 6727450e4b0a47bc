/** Entry of the command line. What is flushed is flushed before the end; native threads must not hold the process. */
import { homeDirectory } from '../common/home-directory.ts';
import { runCommandLine } from './run-command-line.ts';
import { Terminal } from './terminal.ts';

const terminal = new Terminal(process.stdout, process.stderr);
const code = await runCommandLine(process.argv.slice(2), { terminal, home: homeDirectory() });
await terminal.flush();
process.exit(code);
