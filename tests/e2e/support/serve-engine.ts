/**
 * Process of its own that serves the real engine and the built page, so that a test can kill it. Address and token are
 * given, for an engine that comes back has to be found where it was. One line on standard input says `{home, port, token}`;
 * until it comes, the process has loaded what it needs and waits.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Engine } from '../../../src-main/engine/engine.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { startHost } from '../../../src-main/host/start-host.ts';

const [line] = (await once(createInterface({ input: process.stdin }), 'line')) as [string];
process.stdin.unref();
const { home, port, token } = JSON.parse(line) as { home: string; port: number; token: string };
const engine = await Engine.open({ home, watch: true });
const host = await startHost({
  router: createRouter(engine),
  rendererDirectory: 'out/renderer',
  home,
  port,
  token,
  version: 'test',
  log: (line) => console.error(line),
});
console.log(JSON.stringify({ pageUrl: host.pageUrl, url: host.url }));
process.on('SIGTERM', () => {
  void host
    .close()
    .then(() => engine.close())
    .then(() => process.exit(0));
});
