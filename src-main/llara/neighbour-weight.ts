/**
 * How much of a passage's score comes from the passages that resemble it, 0…1, where words and meaning are searched together. It is learnt from a
 * library with its adapter and kept in the adapter's file, but it is the library's search that asks for it, and no encoder.
 */
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';

/** GGUF key; absent where neighbours count for nothing. */
export const neighbourWeightKey = 'llara.search.neighbours';

/** 0 without an adapter. Throws `model-invalid` for a file that is no GGUF file. */
export async function readNeighbourWeight(adapterPath: string | null): Promise<number> {
  if (adapterPath === null) return 0;
  const adapter = await GgufFile.create(await NativeRuntime.create(), adapterPath);
  try {
    return Math.min(1, Math.max(0, adapter.number(neighbourWeightKey) ?? 0));
  } finally {
    adapter.dispose();
  }
}
