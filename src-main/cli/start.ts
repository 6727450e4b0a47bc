/** Entry of `npm start`: the app in its window, or as a page where there can be none. */
import { homeDirectory } from '../common/paths/home-directory.ts';
import { Terminal } from './output/terminal.ts';
import { startApp } from './starting/start-app.ts';

const terminal = new Terminal(process.stdout, process.stderr);
const code = await startApp({ terminal, home: homeDirectory(), argumentList: process.argv.slice(2) });
await terminal.flush();
process.exit(code);
