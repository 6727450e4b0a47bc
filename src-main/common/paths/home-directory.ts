/** The data folder: where everything that Llara keeps is stored. */
import { resolve } from 'node:path';
import envPaths from 'env-paths';

/** `LLARA_HOME` where it is set, else the platform's data folder. */
export function homeDirectory(): string {
  return process.env.LLARA_HOME ? resolve(process.env.LLARA_HOME) : envPaths('llara', { suffix: '' }).data;
}
