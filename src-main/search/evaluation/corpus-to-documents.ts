/** Makes a collection's entries look like files that were read, so that they take the path that every document takes. */
import type { ExtractedDocument } from '../../library/extraction/extracted-document.ts';
import type { BeirCollection } from './beir-collection.ts';

/** The title is the document's first heading, as in a file; an entry without a title has none. */
export function corpusToDocuments(collection: BeirCollection): { id: string; document: ExtractedDocument }[] {
  return collection.corpus.map(({ id, title, text }) => ({
    id,
    document: {
      kind: 'text',
      title,
      text: title ? `${title}\n\n${text}` : text,
      pages: [],
      headings: title ? [{ level: 1, title, start: 0 }] : [],
    },
  }));
}
