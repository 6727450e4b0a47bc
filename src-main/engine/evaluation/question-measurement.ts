/**
 * A folder of real files with questions: the files are found, read and indexed as any folder that a person adds. Scans are read as well
 * where there is language data.
 */
import type { EvaluationRequest, EvaluationRows, QuestionRow } from '../../contract/evaluation.ts';
import { type SearchMode, searchModeSchema } from '../../contract/search.ts';
import { RecognitionThread } from '../../library/recognition/recognition-thread.ts';
import { askQuestions } from '../../search/evaluation/ask-questions.ts';
import { loadQuestionFolder, type QuestionFolder } from '../../search/evaluation/question-folder.ts';
import { summariseAnswers } from '../../search/evaluation/summarise-answers.ts';
import { scanEntry } from '../folders/scan-entry.ts';
import { indexLibrary } from '../indexing/index-library.ts';
import type { ReadSettings } from '../indexing/read-pending-documents.ts';
import type { JobControl } from '../jobs/job-control.ts';
import type { LibrarySession } from '../library-session.ts';
import type { LanguageFiles } from '../recognition/language-files.ts';
import { recogniseLibrary } from '../recognition/recognise-library.ts';
import { fixedDocumentId } from './fixed-document-id.ts';
import type { MeasuredCollection } from './measured-collection.ts';

/** Null where `directory` holds no questions. Throws what `loadQuestionFolder` throws. */
export async function openQuestionFolder(
  directory: string,
  settings: ReadSettings,
  languageFiles: LanguageFiles,
): Promise<MeasuredCollection | null> {
  const folder = await loadQuestionFolder(directory);
  if (!folder) return null;
  return {
    index: async (session, control) => {
      await enterFiles(session, folder, control);
      await indexLibrary(session, settings, control);
      if ((await languageFiles.installed()).length === 0) return;
      // Its own thread: the engine's may be at work for a library.
      const parts = { thread: new RecognitionThread(), languageFiles, settings, index: () => null };
      await recogniseLibrary(session, parts, control);
      await indexLibrary(session, settings, control);
    },
    measure: (session, request, indexSeconds, control) =>
      measure(session, folder, request, indexSeconds, control),
  };
}

/** Entered before indexing, which then reads them as files that are known and were not read yet: their ids are fixed. */
async function enterFiles(
  session: LibrarySession,
  { filesDirectory }: QuestionFolder,
  control: JobControl,
): Promise<void> {
  const folderId = session.folders.add(filesDirectory, []);
  const folder = session.folders.find(folderId);
  if (!folder) return;
  for await (const file of scanEntry(folder, control, () => {})) {
    session.documents.addPending(folderId, file, fixedDocumentId(file.relativePath));
  }
}

async function measure(
  session: LibrarySession,
  folder: QuestionFolder,
  { mode }: EvaluationRequest,
  indexSeconds: number,
  control: JobControl,
): Promise<EvaluationRows> {
  const rows: QuestionRow[] = [];
  for (const each of mode === 'all' ? searchModeSchema.options : [mode]) {
    rows.push(...(await measureMode(session, folder, each, indexSeconds, control)));
  }
  return rows;
}

async function measureMode(
  session: LibrarySession,
  { name, questions }: QuestionFolder,
  mode: SearchMode,
  indexSeconds: number,
  control: JobControl,
): Promise<QuestionRow[]> {
  const asked = await askQuestions(questions, {
    mode,
    search: (request) => session.search(request, control.signal),
    onProgress: (done, total) => control.report('searching', done, total, 'questions'),
    signal: control.signal,
  });
  const counts = session.documents.counts();
  const { encoder } = session.vectors;
  const documents = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return summariseAnswers(asked).map((figures) => ({
    collection: name,
    mode,
    encoder: mode === 'lexical' ? null : (encoder?.info.name ?? null),
    adapter: mode === 'lexical' ? null : (encoder?.info.adapterId ?? null),
    documents,
    indexed: counts.indexed,
    ...figures,
    index_seconds: indexSeconds,
  }));
}
