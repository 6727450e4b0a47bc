/** Forks the engine, and its throwaway processes, as utility processes: crash-prone native code stays out of the main process. */
import { join } from 'node:path';
import { app, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron/main';
import { engineEnvironment } from '../../common/processes/engine-environment.ts';
import type { EngineProcess } from './engine-broker.ts';
import { EntryBroker, type EntryProcess } from './entry-broker.ts';

/** `mainFolder` is the folder of the bundled entries. The engine's output goes to this process's own. */
export function forkEngine(mainFolder: string, home: string): EngineProcess<MessagePortMain> {
  const child = fork(join(mainFolder, 'engine-entry.js'), home, 'Llara engine', 'inherit');
  const entries = new EntryBroker({
    mainFolder,
    fork: (path, argument) => forkEntry(path, argument),
  });
  child.on('message', (message) => entries.handle(message, (answer) => child.postMessage(answer)));
  child.once('exit', () => entries.stopAll());
  return {
    postMessage: (message, transfer) => child.postMessage(message, transfer),
    kill: () => child.kill(),
    onSpawn: (listener) => child.once('spawn', listener),
    onExit: (listener) => child.once('exit', listener),
    onFailure: (listener) =>
      child.on('message', (message: { type?: unknown; message?: unknown } | null) => {
        if (message?.type === 'failed') listener(String(message.message));
      }),
  };
}

function forkEntry(path: string, argument: string): EntryProcess {
  const child = fork(path, argument, 'Llara helper', 'pipe');
  return {
    onOutput: (stream, listener) =>
      child[stream]?.on('data', (bytes: Buffer) => listener(bytes.toString('utf8'))),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  };
}

function fork(
  path: string,
  argument: string,
  serviceName: string,
  stdio: 'inherit' | 'pipe',
): UtilityProcess {
  return utilityProcess.fork(path, [argument], {
    serviceName,
    stdio,
    env: {
      ...process.env,
      ...engineEnvironment(),
      ...(app.isPackaged ? { LLARA_RESOURCES: process.resourcesPath } : {}),
    },
    // macOS lets it load llama.cpp's libraries, which carry their own signatures.
    allowLoadingUnsignedLibraries: process.platform === 'darwin',
  });
}
