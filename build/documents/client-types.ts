/** Writes the types of `llara-desktop/client` beside its code, in one file, so that programs in TypeScript know every call. Runs whenever the package is packed. */
import { join } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

const root = join(import.meta.dirname, '../..');
/** Node's types know the global Blob by the module that defines it; a program that is written for browsers has the global alone. */
const globalBlob: Plugin = {
  name: 'global-blob',
  renderChunk: (code) => code.replaceAll('import("buffer").Blob', 'Blob'),
};
const bundle = await rolldown({
  input: { client: join(root, 'src-main/cli/client/client.ts') },
  cwd: root,
  // What comes from packages is installed along.
  external: /^[^./]/,
  plugins: [dts({ dtsOnly: true, tsconfig: join(root, 'tsconfig.json') }), globalBlob],
  checks: { pluginTimings: false },
});
await bundle.write({ dir: join(root, 'out/cli'), entryFileNames: '[name].js' });
await bundle.close();
