#!/usr/bin/env node
/**
 * What npm links as `llara`. It is plain JavaScript that any Node can read: the sources are TypeScript, which Node runs
 * directly from 22.18 on. An older Node hands over to the one that `npm ci` installed beside us, or says what is missing.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('./main.ts', import.meta.url));
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
const ownNode = fileURLToPath(new URL(`../../node_modules/node/bin/${nodeName}`, import.meta.url));

if (process.features.typescript) {
  await import('./main.ts');
} else if (existsSync(ownNode)) {
  const child = spawn(ownNode, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to the child as well; sent on twice, it would count as two.
  const fromTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  process.on('SIGINT', () => fromTerminal || child.kill('SIGINT'));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`llara: ${ownNode} cannot be started: ${error.message}. Run "npm ci" to install it anew.`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
} else {
  console.error(
    `llara needs Node 22.18 or newer; this is ${process.version}. Run "npm ci", or install Node 24.`,
  );
  process.exit(1);
}
