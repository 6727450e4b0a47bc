/** What a search may ask of a library, besides its passages. */
import type { DocumentTable } from '../../library/manifest/document-table.ts';
import type { Vocabulary } from '../../library/manifest/vocabulary.ts';
import type { SearchContext } from '../../search/search-context.ts';
import type { LibraryVectors } from '../library-vectors.ts';
import type { WordMeanings } from '../meanings/word-meanings.ts';

export type AskedParts = {
  documents: DocumentTable;
  meanings: WordMeanings;
  vectors: LibraryVectors;
  vocabulary: Vocabulary;
};

export function searchContextOf({
  documents,
  meanings,
  vectors,
  vocabulary,
}: AskedParts): Omit<SearchContext, 'set'> {
  const { encoder, neighbourWeight, queryVectors, wordsOnlyReason } = vectors;
  return {
    encoder,
    queryVectors,
    neighbourWeight,
    encoderProblem: wordsOnlyReason,
    documents: (ids) => documents.getMany(ids),
    named: (question, asked) => documents.names.find(question, asked),
    spelling: (word) => vocabulary.similarTo(word),
    related: encoder ? meanings.relatedBy(encoder) : undefined,
    documentsWhere: (condition) => documents.values.matching(condition),
    familiesOf: (ids) => documents.copies.familiesOf(ids),
  };
}
