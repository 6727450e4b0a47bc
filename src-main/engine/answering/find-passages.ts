/** The passages that a question is answered from: the best of what a search finds, as many as a chat model reads in a few seconds. */
import type { AnswerPassage, AnswerRequest } from '../../contract/answers/answers.ts';
import type { SearchGroup } from '../../contract/search.ts';
import type { LibrarySet } from '../library-set.ts';
import { searchLibraries } from '../searching/search-libraries.ts';

const mostPassages = 8;
const mostPerDocument = 3;
/** Some 2 000 tokens. */
const longestCharacters = 8_000;

export type FoundPassages = {
  passages: AnswerPassage[];
  notices: string[];
  /** The search's own: 0…1 that something answers; null where it does not judge. */
  confidence: number | null;
};

export async function findPassages(
  libraries: LibrarySet,
  { library, question, mode }: AnswerRequest,
  signal?: AbortSignal,
): Promise<FoundPassages> {
  const response = await searchLibraries(
    libraries,
    { library, query: question, mode, limit: mostPassages, passagesPerDocument: mostPerDocument },
    signal,
  );
  const asked = [library].flat()[0] ?? 'default';
  return {
    passages: choosePassages(response.groups, asked),
    notices: response.notices,
    confidence: response.confidence ?? null,
  };
}

/** The best first, whatever document they are of. A long one is cut, for it must leave room to the others. */
export function choosePassages(groups: readonly SearchGroup[], asked: string): AnswerPassage[] {
  const found = groups
    .flatMap(({ document, library = asked, hits }) => hits.map((hit) => ({ document, library, hit })))
    .sort((a, b) => b.hit.score.fused - a.hit.score.fused)
    .slice(0, mostPassages);
  let room = longestCharacters;
  return found.flatMap(({ document, library, hit }, index): AnswerPassage[] => {
    const text = hit.text.slice(0, Math.min(room, longestCharacters / 2));
    room -= text.length;
    if (text.trim() === '') return [];
    return [
      {
        number: index + 1,
        library,
        documentId: document.id,
        title: document.title || document.relativePath,
        path: document.path,
        page: hit.page,
        headingPath: hit.headingPath,
        text,
        range: { start: hit.range.start, end: hit.range.start + text.length },
      },
    ];
  });
}
