/** Text of a passage as the library has it now, or undefined if it is gone. */
import type { LibrarySession } from '../library-session.ts';

export async function passageText({ vectors }: LibrarySession, chunkId: string): Promise<string | undefined> {
  const documentId = chunkId.slice(0, chunkId.lastIndexOf(':'));
  return await vectors.read(async (set) => {
    for await (const rows of set.readRows({ documentIds: [documentId] })) {
      const row = rows.find((candidate) => candidate.chunkId === chunkId);
      if (row) return row.text;
    }
    return undefined;
  });
}
