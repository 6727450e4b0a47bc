/** Forks the engine as a utility process: crash-prone native code and heavy work stay out of the main process. */
import { join } from 'node:path';
import { app, type MessagePortMain, utilityProcess } from 'electron/main';
import type { EngineProcess } from './engine-broker.ts';

/** `mainFolder` is the folder of the bundled entries. Output of the engine goes to this process's own. */
export function forkEngine(mainFolder: string, home: string): EngineProcess<MessagePortMain> {
  const child = utilityProcess.fork(join(mainFolder, 'engine-entry.js'), [home], {
    serviceName: 'Llara engine',
    stdio: 'inherit',
    env: {
      ...process.env,
      LLARA_HOME: home,
      ...(app.isPackaged ? { LLARA_RESOURCES: process.resourcesPath } : {}),
    },
    // macOS lets the engine load llama.cpp's libraries, which carry their own signatures.
    allowLoadingUnsignedLibraries: process.platform === 'darwin',
  });
  return {
    postMessage: (message, transfer) => child.postMessage(message, transfer),
    kill: () => child.kill(),
    onSpawn: (listener) => child.once('spawn', listener),
    onExit: (listener) => child.once('exit', listener),
  };
}
