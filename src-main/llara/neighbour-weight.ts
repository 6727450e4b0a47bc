/**
 * How much of a passage's score comes from the passages that resemble it, 0…1, where words and meaning are searched together. It is learnt from a
 * library with its adapter and kept in the adapter's file, but it is the library's search that asks for it, and no encoder.
 */
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';

/** GGUF key; absent where that was not learnt. */
export const neighbourWeightKey = 'llara.search.neighbours';

/** Undefined without an adapter, and for one that has not learnt it. Throws `model-invalid` for a file that is no GGUF file. */
export async function readNeighbourWeight(adapterPath: string | null): Promise<number | undefined> {
  if (adapterPath === null) return undefined;
  const adapter = await GgufFile.create(await NativeRuntime.create(), adapterPath);
  try {
    const weight = adapter.number(neighbourWeightKey);
    return weight === undefined ? undefined : Math.min(1, Math.max(0, weight));
  } finally {
    adapter.dispose();
  }
}
