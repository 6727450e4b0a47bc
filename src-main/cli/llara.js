#!/usr/bin/env node
/**
 * What npm links as `llara`. It is plain JavaScript that any Node can read, so that an old one is told what is missing. In a
 * checkout it runs the TypeScript sources as they are, handing over to the Node that `npm ci` installed beside us where the
 * person's own cannot; an installed package holds built JavaScript in their place, for Node runs no TypeScript below node_modules.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('./main.ts', import.meta.url));
const built = new URL('../../out/cli/main.js', import.meta.url);
const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
const ownNode = fileURLToPath(new URL(`../../node_modules/node/bin/${nodeName}`, import.meta.url));
const compileCache = fileURLToPath(new URL('../../node_modules/.cache/llara', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);

if (!existsSync(source)) {
  if (isNewEnough) await import(built.href);
  else refuse('Install Node 24.');
} else if (process.features.typescript) {
  // Before the first TypeScript: what strips its types is slow to load, and is not needed for what is in the cache.
  nodeModule.enableCompileCache(compileCache);
  await import('./main.ts');
} else if (existsSync(ownNode)) {
  const child = spawn(ownNode, [source, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
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
  refuse('Run "npm ci", or install Node 24.');
}

/** @param {string} remedy */
function refuse(remedy) {
  console.error(`llara needs Node 22.18 or newer; this is ${process.version}. ${remedy}`);
  process.exit(1);
}
