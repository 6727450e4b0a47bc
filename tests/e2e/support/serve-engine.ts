/**
 * Process of its own that serves the real engine and the built page, so that a test can kill it. Address and token are
 * given, for an engine that comes back has to be found where it was. Arguments: home, port, token.
 */
import { Engine } from '../../../src-main/engine/engine.ts';
import { createRouter } from '../../../src-main/engine/router.ts';
import { startHost } from '../../../src-main/host/start-host.ts';

const [home, port, token] = process.argv.slice(2);
const engine = await Engine.open({ home: home!, watch: true });
const host = await startHost({
  router: createRouter(engine),
  rendererDirectory: 'out/renderer',
  home,
  port: Number(port),
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
