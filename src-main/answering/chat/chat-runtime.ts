/**
 * Fits node-llama-cpp into the throwaway process of an answer. Its own trial of a build starts Node once more, which inside Electron is the app
 * itself and forbidden by a fuse; as this process is one that may crash, the trial is left out there. And a build for CUDA that a person has
 * fetched lies where its imports do not look. Call it before node-llama-cpp is imported.
 */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const scope = '@node-llama-cpp/';
const trial = '/node-llama-cpp/dist/bindings/utils/testBindingBinary.js';
const noTrial = 'export const testBindingBinary = async () => true;';

/** `packDirectory` holds packages under their names without scope; null where none were fetched. */
export function fitRuntime(packDirectory: string | null, isElectron = 'electron' in process.versions): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const entry =
        packDirectory !== null && specifier.startsWith(scope)
          ? join(packDirectory, specifier.slice(scope.length), 'dist/index.js')
          : null;
      return entry !== null && existsSync(entry)
        ? { url: pathToFileURL(entry).href, shortCircuit: true }
        : next(specifier, context);
    },
    load: (url, context, next) =>
      isElectron && url.endsWith(trial)
        ? { format: 'module', source: noTrial, shortCircuit: true }
        : next(url, context),
  });
}
