/**
 * The files beside a manifest that a reader needs to answer as the writer does: the adapter of the active set and the bank of words of its encoder.
 * They travel as texts among the published rows.
 */
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../common/replace-file.ts';
import type { VectorSet } from '../../contract/libraries.ts';
import { digestOf, type StoreRows } from '../../store/storage/store-rows.ts';

/** A larger adapter stays where it was made, and readers say that they lack it. */
const mostBytes = 64 * 1024 * 1024;
const prefix = 'file/';

export class PublishedFiles {
  readonly #directory: string;
  readonly #rows: StoreRows;
  /** What the files were when they were last looked at, by name. */
  readonly #known = new Map<string, { stamp: string; digest: string }>();

  /** `directory` is the library's. */
  constructor(directory: string, rows: StoreRows) {
    this.#directory = directory;
    this.#rows = rows;
  }

  /** For the writer. Returns whether there was anything to send. */
  async publish(active: VectorSet | undefined): Promise<boolean> {
    const there = await this.#rows.digests(prefix);
    const present = new Set<string>();
    let hasChanged = false;
    for (const name of filesOf(active)) {
      const key = `${prefix}${name}`;
      const path = join(this.#directory, name);
      const stats = await stat(path).catch(() => null);
      if (!stats || stats.size > mostBytes) continue;
      present.add(key);
      const stamp = `${stats.size}:${stats.mtimeMs}`;
      const known = this.#known.get(name);
      if (known?.stamp === stamp && there.get(key) === known.digest) continue;
      const text = (await readFile(path)).toString('base64');
      this.#known.set(name, { stamp, digest: digestOf(text) });
      if (there.get(key) === digestOf(text)) continue;
      await this.#rows.put(new Map([[key, text]]));
      hasChanged = true;
    }
    const gone = [...there.keys()].filter((key) => !present.has(key));
    if (gone.length > 0) await this.#rows.remove(gone);
    return hasChanged || gone.length > 0;
  }

  /** For a reader. Returns whether any file here is another now. */
  async receive(active: VectorSet | undefined): Promise<boolean> {
    const there = await this.#rows.digests(prefix);
    let hasChanged = false;
    for (const name of filesOf(active)) {
      const key = `${prefix}${name}`;
      const path = join(this.#directory, name);
      const digest = there.get(key);
      const known = this.#known.get(name)?.digest ?? (await digestOfFile(path));
      if (digest === known) continue;
      hasChanged = true;
      const text = digest === undefined ? undefined : await this.#rows.get(key);
      if (text === undefined || digest === undefined) await rm(path, { force: true });
      else {
        await mkdir(dirname(path), { recursive: true });
        await replaceFile(path, Buffer.from(text, 'base64'));
        this.#known.set(name, { stamp: '', digest });
      }
    }
    return hasChanged;
  }
}

/** An adapter for questions alone leaves words as they are, so the bank may be that of the bare encoder. */
function filesOf(active: VectorSet | undefined): string[] {
  if (!active) return [];
  const { encoder, adapter } = active;
  const adapted = adapter === null ? [] : [`adapters/${adapter}.gguf`, `words/${encoder}-${adapter}.bin`];
  return [`words/${encoder}.bin`, ...adapted];
}

async function digestOfFile(path: string): Promise<string | undefined> {
  const bytes = await readFile(path).catch(() => null);
  return bytes ? digestOf(bytes.toString('base64')) : undefined;
}
