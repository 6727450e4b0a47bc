/** A compound file (OLE), the container of Outlook's messages and of Word's old format: names and contents, folders as objects. */
import { burn } from '@kenjiuno/msgreader/lib/Burner.js';

export type CompoundParts = { [name: string]: Uint8Array | CompoundParts };

type Entry = Parameters<typeof burn>[0][number];
const types = { folder: 1, file: 2, root: 5 } as const;

export const compoundFile = (parts: CompoundParts): Uint8Array => {
  const entries: Entry[] = [];
  const add = (name: string, content: Uint8Array | CompoundParts, type: number): number => {
    const index = entries.length;
    const isFile = content instanceof Uint8Array;
    const entry: Entry = { name, type, length: isFile ? content.length : 0 };
    entries.push(entry);
    if (isFile) entry.binaryProvider = () => content;
    else
      entry.children = Object.entries(content).map(([inner, value]) =>
        add(inner, value, value instanceof Uint8Array ? types.file : types.folder),
      );
    return index;
  };
  add('Root Entry', parts, types.root);
  return new Uint8Array(burn(entries));
};
