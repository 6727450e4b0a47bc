/** Whether the files of the library's adapters are there and are what they should be. */

import { open } from 'node:fs/promises';
import { errorCode } from '../../common/error-code.ts';
import type { LibraryCheck, Problem } from './library-check.ts';

export const checkAdapters: LibraryCheck = {
  check: 'adapters',
  find: async ({ vectors, adapters }) => {
    const problems: Problem[] = [];
    for (const { id } of adapters.list()) {
      const path = vectors.adapterPath(id)!;
      const wrong = await whatIsWrong(path);
      if (!wrong) continue;
      problems.push({
        message: `The file of the adapter ${id} ${wrong} (${path}). Restore it from a backup, or remove the adapter and adapt the library again.`,
      });
    }
    return problems;
  },
};

async function whatIsWrong(path: string): Promise<string | null> {
  try {
    await using file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'GGUF' ? null : 'is damaged';
  } catch (error) {
    const code = errorCode(error) ?? String(error);
    return code === 'ENOENT' ? 'is not there' : `cannot be read: ${code}`;
  }
}
