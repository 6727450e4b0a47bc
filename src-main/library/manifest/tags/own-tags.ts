/**
 * Tags that a person gave documents, as a list in the row of each. Reading a document again does not touch them; where its row is deleted,
 * the database keeps them by the place of the file (`kept_tags`), for a file may come back.
 */
import type { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../common/app-error.ts';
import { isSameTag } from '../../../contract/documents/same-tag.ts';
import type { Document } from '../../../contract/libraries.ts';
import { tidyTag } from './tidy-tag.ts';

const mostOfDocument = 100;

export class OwnTags {
  readonly #database: DatabaseSync;
  /** Called for each document whose tags are others than before. */
  readonly #onChange: (id: string) => void;

  constructor(database: DatabaseSync, onChange: (id: string) => void) {
    this.#database = database;
    this.#onChange = onChange;
  }

  /** Inside the caller's transaction. Throws `bad-request` for what is no tag, and for too many of them. */
  change(
    documents: readonly Document[],
    change: { add: readonly string[]; remove: readonly string[] },
  ): void {
    const add = change.add.map(tidyTag);
    const remove = change.remove.map(tidyTag);
    const isIn = (tag: string, list: readonly string[]) => list.some((other) => isSameTag(tag, other));
    const write = this.#database.prepare('UPDATE documents SET tags = ? WHERE id = ?');
    for (const { id, path, tags: before = [] } of documents) {
      const tags = before.filter((tag) => !isIn(tag, remove));
      for (const tag of add) if (!isIn(tag, tags)) tags.push(tag);
      if (tags.length > mostOfDocument)
        throw new AppError('bad-request', `${path} would have more than ${mostOfDocument} tags.`);
      write.run(stored(tags), id);
      this.#onChange(id);
    }
  }

  /** To a document that is new at its place: what was kept of one that stood there. */
  bringBack(id: string): void {
    const { changes } = this.#database
      .prepare(
        `UPDATE documents SET tags = kept.tags FROM kept_tags AS kept
         WHERE documents.id = ? AND kept.folder_id = documents.folder_id AND kept.relative_path = documents.relative_path`,
      )
      .run(id);
    if (Number(changes) === 0) return;
    this.#database
      .prepare(
        `DELETE FROM kept_tags WHERE (folder_id, relative_path) = (SELECT folder_id, relative_path FROM documents WHERE id = ?)`,
      )
      .run(id);
  }
}

const stored = (tags: readonly string[]): string | null => (tags.length > 0 ? JSON.stringify(tags) : null);

/** Of a row of `documents`. */
export const readTags = (column: unknown): Pick<Document, 'tags'> =>
  column == null ? {} : { tags: JSON.parse(String(column)) as string[] };
