/** Asks each question of a folder as a person types it, and notes where the answer came. It sums up nothing. */
import { AppError } from '../../common/app-error.ts';
import type { SearchMode, SearchRequest, SearchResponse } from '../../contract/search.ts';
import type { FolderQuestion } from './question-folder.ts';

export type AskedQuestion = {
  question: FolderQuestion;
  /** Of the first file that answers, from 1; null where none is among the first ten. */
  rank: number | null;
  /** Whether the answering sentence stands in a shown passage of a file that answers; null where there is none to find. */
  sentenceShown: boolean | null;
  /** Whether it begins in the snippet of such a passage. */
  sentenceInSnippet: boolean | null;
  /** Whether the search itself said that nothing answers; null where it does not judge that. */
  saidNothingAnswers: boolean | null;
  milliseconds: number;
};

export type AskOptions = {
  mode: SearchMode;
  search: (request: SearchRequest) => Promise<SearchResponse>;
  onProgress?: (doneCount: number, totalCount: number) => void;
  signal?: AbortSignal;
};

const depth = 10;
/** Letters and digits; a snippet may cut a long sentence off. */
const beginningOfSentence = 60;

/** Throws if the search answers in another mode than asked for: the figures would be those of something else. */
export async function askQuestions(
  questions: readonly FolderQuestion[],
  { mode, search, onProgress, signal }: AskOptions,
): Promise<AskedQuestion[]> {
  const asked: AskedQuestion[] = [];
  for (const question of questions) {
    signal?.throwIfAborted();
    const startedAtMs = performance.now();
    const response = await search({
      library: 'evaluation',
      query: question.query,
      mode,
      limit: depth,
      passagesPerDocument: 3,
      // The answer is one of the files, each by itself.
      foldCopies: false,
    });
    const milliseconds = performance.now() - startedAtMs;
    if (response.mode !== mode) {
      const reason = response.notices.join(' ');
      throw new AppError('model-missing', `The search could not answer in ${mode} mode. ${reason}`);
    }
    asked.push({ question, ...judge(question, response), milliseconds });
    onProgress?.(asked.length, questions.length);
  }
  return asked;
}

function judge(
  { relevant, sentence }: FolderQuestion,
  response: SearchResponse,
): Omit<AskedQuestion, 'question' | 'milliseconds'> {
  const groups = response.groups.slice(0, depth);
  const answers = (path: string) => isOfFiles(path, relevant);
  const index = groups.findIndex((group) => answers(group.document.relativePath));
  const wanted = sentence === null ? undefined : lettersOf(sentence);
  const hits = groups.filter((group) => answers(group.document.relativePath)).flatMap((group) => group.hits);
  const isIn = (part: 'text' | 'snippet', letters: string | undefined) =>
    letters === undefined ? null : hits.some((hit) => lettersOf(hit[part]).includes(letters));
  return {
    rank: index < 0 ? null : index + 1,
    sentenceShown: isIn('text', wanted),
    sentenceInSnippet: isIn('snippet', wanted?.slice(0, beginningOfSentence)),
    saidNothingAnswers: saysThatNothingAnswers(response),
  };
}

/** Whether a document is one of the files, or inside one, such as an attachment, which answers for it. */
export function isOfFiles(path: string, files: readonly string[]): boolean {
  return files.some((file) => path === file || path.startsWith(`${file} › `));
}

/** Line breaks, hyphens and quotation marks are each reader's own; letters and digits are the document's. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function saysThatNothingAnswers(response: SearchResponse): boolean | null {
  return response.confident === undefined ? null : !response.confident;
}
