/**
 * Titles that so many documents of a library have, such as "Summary", that none is told by it: each of them is called by its file. Nothing is
 * written, so that the title is back once fewer have it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Document } from '../../../contract/libraries.ts';
import { chooseTitle } from '../../extraction/choose-title.ts';
import { fileNameOf } from '../inside-path.ts';
import { prepared } from '../sqlite/prepared.ts';

/** One more than the others that make a title say nothing. */
const tooMany = 101;

export class CommonTitles {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** What the document is called where it is shown. */
  titleOf({ title, relativePath }: Pick<Document, 'title' | 'relativePath'>): string {
    const having = prepared(
      this.#database,
      `SELECT count(*) AS n FROM (SELECT 1 FROM documents WHERE title = ? LIMIT ${tooMany})`,
    ).get(title);
    return Number(having?.n) < tooMany ? title : chooseTitle(undefined, undefined, fileNameOf(relativePath));
  }
}
