/** Turns ranked documents into what a person sees: the passages' text, where they are, and why they were found. */
import type { Document } from '../contract/libraries.ts';
import type { Hit, SearchGroup } from '../contract/search.ts';
import type { FoundPassage } from '../store/chunk-row.ts';
import type { ChunkSet } from '../store/chunk-set.ts';
import type { RankedDocument, RankedPassage } from './ranking/rank-documents.ts';
import { makeSnippet } from './snippet.ts';
import { QuestionMarker } from './words/mark-words.ts';
import type { WeighedWord } from './words/weigh-question.ts';

export type PresentOptions = {
  set: ChunkSet;
  /** The question's words; none where it only narrows. */
  words: readonly WeighedWord[];
  ranked: readonly RankedDocument[];
  documents: (ids: string[]) => readonly Document[] | Promise<readonly Document[]>;
  limit: number;
  passagesPerDocument: number;
};

/** Documents and passages that were deleted meanwhile are left out. A document without any text has no hits. */
export async function presentGroups(options: PresentOptions): Promise<SearchGroup[]> {
  const { set, passagesPerDocument } = options;
  const top = options.ranked.slice(0, options.limit).map((document) => ({
    ...document,
    passages: document.passages.slice(0, passagesPerDocument),
  }));
  const found = top
    .flatMap(({ passages }) => passages.map((passage) => passage.found))
    .filter(({ chunkId }) => chunkId !== '');
  const [rows, documents] = await Promise.all([
    set.readFound(found),
    options.documents(top.map(({ documentId }) => documentId)),
  ]);
  const documentOf = new Map(documents.map((document) => [document.id, document]));
  const marker = new QuestionMarker(options.words);
  const information = options.words.reduce(
    (sum, word) => sum + (word.isVariant || word.isGrammar ? 0 : word.information),
    0,
  );
  return top.flatMap(({ documentId, score, passages }) => {
    const document = documentOf.get(documentId);
    const hits = passages.flatMap((passage) => {
      const row = rows.get(passage.found.chunkId);
      return row ? [hitOf(row, passage, { marker, information })] : [];
    });
    return document && (hits.length > 0 || document.chunkCount === 0) ? [{ document, score, hits }] : [];
  });
}

function hitOf(
  row: FoundPassage,
  { score, partScores }: RankedPassage,
  { marker, information }: { marker: QuestionMarker; information: number },
): Hit {
  const { text, headingPath } = row;
  const marks = marker.marksIn(text, row.language);
  const evidence = { text, headingPath, marks, information, partScores };
  const { snippet, highlights, sentence } = makeSnippet(evidence);
  const matched = [text, ...headingPath].flatMap((part, index) =>
    (index === 0 ? marks : marker.marksIn(part, row.language)).map(({ start, end }) =>
      part.slice(start, end).toLowerCase(),
    ),
  );
  return {
    chunkId: row.chunkId,
    text,
    snippet,
    highlights,
    sentence,
    matchedWords: [...new Set(matched)],
    headingPath,
    page: row.page,
    range: { start: row.start, end: row.end },
    score,
  };
}
