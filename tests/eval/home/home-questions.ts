/** The questions to the household's folder with what answers them, in the order of the topics. */
import type { Language, QuestionKind } from './home-document.ts';
import { documentFamilies, sourceText } from './home-documents.ts';
import { unanswerable } from './topics/unanswerable.ts';

export type HomeQuestion = {
  id: string;
  kind: QuestionKind;
  language: Language;
  query: string;
  /** Files that answer, relative to the library's folder; none where nothing answers. */
  relevant: string[];
  /** Stands word for word in each of them. */
  sentence: string | null;
  /** `shown` may be looked at while search is worked on; `aside` only judges. */
  half: 'shown' | 'aside';
};

export function homeQuestions(): HomeQuestion[] {
  const questions: Omit<HomeQuestion, 'id' | 'half'>[] = [];
  for (const { documents, facts } of documentFamilies()) {
    const { named = [], about = [], language: own = 'en' } = documents[0]!;
    const firstInText = facts.find((fact) => !about.includes(fact));
    for (const fact of facts) {
      const { say, ask } = fact;
      const relevant = documents
        .filter((document) => sourceText(document).includes(say))
        .map(({ file }) => file);
      const byName = fact === firstInText ? named.map((query) => ['file-name', query] as const) : [];
      for (const [kind, query, language = own] of [...ask, ...byName]) {
        questions.push({ kind, language, query, relevant, sentence: say });
      }
    }
  }
  for (const { query, language } of unanswerable) {
    questions.push({ kind: 'unanswerable', language: language ?? 'en', query, relevant: [], sentence: null });
  }
  const countOf = new Map<QuestionKind, number>();
  return questions.map((question) => {
    const number = (countOf.get(question.kind) ?? 0) + 1;
    countOf.set(question.kind, number);
    const half = number % 2 === 1 ? 'shown' : 'aside';
    return { id: `${question.kind}-${String(number).padStart(2, '0')}`, ...question, half };
  });
}
