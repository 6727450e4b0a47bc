/**
 * `npm run dev`: the page from its sources, renewed with every change, over an engine of `llara serve` (the running one, or one that is
 * started, and started anew with every change of its sources). The development server answers to this machine alone and hands calls on to
 * the engine's host with its token, so that the page finds both at one address, as it does when it is built.
 */
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer, type ProxyOptions } from 'vite';
import { type EngineAddress, ReloadingEngine } from './reloading-engine.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let host: EngineAddress | null = null;
const proxies = [toHost(), toHost()] as const;
const engine = new ReloadingEngine({
  program: [`${root}src-main/cli/llara.js`, 'serve', '--json'],
  sources: `${root}src-main`,
  onServing: (address) => {
    if (host) console.log(`  The engine was started anew at ${address.url}.`);
    host = address;
    // The server reads it at each request.
    for (const proxy of proxies) proxy.target = address.url;
  },
  onProblem: (message) => console.error(`  ${message}`),
});
process.on('exit', () => engine.close());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
await engine.start();

const server = await createServer({
  configFile: false,
  root: `${root}src-renderer`,
  plugins: [svelte({ configFile: `${root}svelte.config.js` })],
  server: {
    host: '127.0.0.1',
    fs: { allow: [root] },
    // What pdf.js fetches is taken from the built page.
    proxy: { '/rpc': proxies[0], '/pdfjs': proxies[1] },
  },
});
await server.listen();
server.printUrls();
const { url, alreadyRunning } = address();
console.log(`  Calls go to the engine at ${url}. ${alreadyRunning ? 'It ran before, and goes on as it is.' : 'Ctrl+C ends both.'}`);

function address(): EngineAddress {
  if (!host) throw new Error('The engine does not serve yet.');
  return host;
}

/** The page's own requests alone are given the token; the host refuses the others. */
function toHost(): ProxyOptions {
  return {
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (request, incoming) => {
        const { url, token } = address();
        const { origin, host: own, 'sec-fetch-site': site } = incoming.headers;
        if (site !== 'same-origin' || (origin !== undefined && origin !== `http://${own}`)) return;
        if (origin !== undefined) request.setHeader('origin', url);
        request.setHeader('authorization', `Bearer ${token}`);
      });
    },
  };
}
