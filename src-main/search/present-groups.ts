/** Turns ranked documents into what a person sees: the passages' text, where they are, and why they were found. */
import type { Document } from '../contract/libraries.ts';
import type { Hit, SearchGroup } from '../contract/search.ts';
import type { FoundPassage } from '../store/chunk-row.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { RankedDocument, RankedPassage } from './rank-documents.ts';
import { makeSnippet } from './snippet.ts';
import { lowerWords } from './text-words.ts';

export type PresentOptions = {
  set: ChunkSet;
  /** The question's words, as typed. */
  text: string;
  ranked: readonly RankedDocument[];
  documents: (ids: string[]) => readonly Document[] | Promise<readonly Document[]>;
  limit: number;
  passagesPerDocument: number;
};

/** Documents and passages that were deleted meanwhile are left out. */
export async function presentGroups(options: PresentOptions): Promise<SearchGroup[]> {
  const { set, passagesPerDocument } = options;
  const top = options.ranked.slice(0, options.limit).map((document) => ({
    ...document,
    passages: document.passages.slice(0, passagesPerDocument),
  }));
  const found = top.flatMap(({ passages }) => passages.map((passage) => passage.found));
  const [rows, documents] = await Promise.all([
    set.readFound(found),
    options.documents(top.map(({ documentId }) => documentId)),
  ]);
  const documentOf = new Map(documents.map((document) => [document.id, document]));
  const makeHit = await hitMaker(set, options.text, rows);
  return top.flatMap(({ documentId, score, passages }) => {
    const document = documentOf.get(documentId);
    const hits = passages.flatMap((passage) => {
      const row = rows.get(passage.found.chunkId);
      return row ? [makeHit(row, passage)] : [];
    });
    return document && hits.length > 0 ? [{ document, score, hits }] : [];
  });
}

async function hitMaker(
  set: ChunkSet,
  text: string,
  rows: ReadonlyMap<string, FoundPassage>,
): Promise<(row: FoundPassage, passage: RankedPassage) => Hit> {
  const queryWords = [...new Set(lowerWords(text))];
  const wordsOfRow = new Map(
    Array.from(rows, ([id, row]) => [id, new Set(lowerWords([...row.headingPath, row.text].join('\n')))]),
  );
  const stems = await set.stemsOf([
    ...queryWords,
    ...new Set(Array.from(wordsOfRow.values(), (words) => [...words]).flat()),
  ]);
  const stemsOfRow = new Map(
    Array.from(wordsOfRow, ([id, words]) => [id, new Set(Array.from(words, (word) => stems.get(word)))]),
  );
  const weights = stemWeights(
    queryWords.map((word) => stems.get(word)).filter((stem) => stem != null),
    [...stemsOfRow.values()],
  );
  const stemOf = (word: string) => stems.get(word.toLowerCase()) ?? null;
  return (row, { score }) => {
    const { snippet, highlights } = makeSnippet(row.text, { stemOf, weights });
    const present = stemsOfRow.get(row.chunkId)!;
    return {
      chunkId: row.chunkId,
      text: row.text,
      snippet,
      highlights,
      matchedWords: queryWords.filter((word) => stems.get(word) && present.has(stems.get(word))),
      headingPath: row.headingPath,
      page: row.page,
      range: { start: row.start, end: row.end },
      score,
    };
  };
}

/** A word that few of the passages hold says more about one of them. */
function stemWeights(
  stems: readonly string[],
  passages: readonly ReadonlySet<string | null | undefined>[],
): Map<string, number> {
  return new Map(
    stems.map((stem) => {
      const count = passages.filter((passage) => passage.has(stem)).length;
      return [stem, Math.log(1 + (passages.length + 1) / (count + 0.5))];
    }),
  );
}
