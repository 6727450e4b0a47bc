/**
 * `npm run dev`: the page from its sources, renewed with every change, over an engine of `llara serve` (the running one, or one that is
 * started). The development server answers to this machine alone and hands calls on to the engine's host with its token, so that the page
 * finds both at one address, as it does when it is built.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer, type ProxyOptions } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const host = await serveEngine();
const server = await createServer({
  configFile: false,
  root: `${root}src-renderer`,
  plugins: [svelte({ configFile: `${root}svelte.config.js` })],
  server: {
    host: '127.0.0.1',
    fs: { allow: [root] },
    // What pdf.js fetches is taken from the built page.
    proxy: { '/rpc': toHost(), '/pdfjs': toHost() },
  },
});
await server.listen();
server.printUrls();
console.log(`  Calls go to the engine at ${host.url}. Ctrl+C ends both.`);

type HostAddress = { url: string; token: string };

/** Ends with this process, where it was started by it. */
function serveEngine(): Promise<HostAddress> {
  const child = spawn(process.execPath, [`${root}src-main/cli/llara.js`, 'serve', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
  return new Promise((resolve, reject) => {
    let text = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      text += line;
      try {
        resolve(JSON.parse(text) as HostAddress);
      } catch {
        // The object goes on in the next line.
      }
    });
    child.once('exit', (code) => reject(new Error(`The engine ended with ${code} before it served.`)));
  });
}

/** The page's own requests alone are given the token; the host refuses the others. */
function toHost(): ProxyOptions {
  return {
    target: host.url,
    changeOrigin: true,
    configure: (proxy) => {
      proxy.on('proxyReq', (request, incoming) => {
        const { origin, host: own, 'sec-fetch-site': site } = incoming.headers;
        if (site !== 'same-origin' || (origin !== undefined && origin !== `http://${own}`)) return;
        if (origin !== undefined) request.setHeader('origin', host.url);
        request.setHeader('authorization', `Bearer ${host.token}`);
      });
    },
  };
}
