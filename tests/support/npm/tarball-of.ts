/** Packs tarballs in memory: such as npm makes, and such as nobody makes who means well. */
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

export type TarEntry = {
  path: string;
  content?: Uint8Array;
  type?: 'File' | 'SymbolicLink' | 'Link';
  target?: string;
};

/** A tarball as npm packs it, or one that no packer would write. Paths are those in the archive, such as `package/index.js`. */
export function tarballOf(entries: readonly TarEntry[]): Buffer {
  const blocks = entries.flatMap(({ path, content = new Uint8Array(), type = 'File', target }) => {
    const head = Buffer.alloc(512);
    new Header({
      path,
      size: content.length,
      type,
      linkpath: target,
      mode: 0o644,
      mtime: new Date(0),
    }).encode(head);
    return [head, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 1 });
}
