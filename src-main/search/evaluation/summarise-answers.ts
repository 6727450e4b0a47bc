/** Sums up what became of questions: all that have an answer, then each kind; each of them whole and by halves. */
import type { EvaluationHalf, QuestionRow } from '../../contract/evaluation.ts';
import type { AskedQuestion } from './ask-questions.ts';
import { percentile } from './retrieval-measures.ts';

export type AnswerFigures = Pick<
  QuestionRow,
  | 'kind'
  | 'half'
  | 'questions'
  | 'first'
  | 'first5'
  | 'mrr10'
  | 'sentence_shown'
  | 'sentence_in_snippet'
  | 'not_there'
  | 'p50_ms'
  | 'p95_ms'
>;

/** Kinds in the order in which they first come. A half without questions has no row. */
export function summariseAnswers(asked: readonly AskedQuestion[]): AnswerFigures[] {
  const kinds = [...new Set(asked.map(({ question }) => question.kind))];
  const answerable = asked.filter(({ question }) => question.relevant.length > 0);
  return [
    ...byHalves(null, answerable),
    ...kinds.flatMap((kind) =>
      byHalves(
        kind,
        asked.filter(({ question }) => question.kind === kind),
      ),
    ),
  ];
}

function byHalves(kind: string | null, asked: readonly AskedQuestion[]): AnswerFigures[] {
  const halves: (EvaluationHalf | null)[] = [null, 'shown', 'aside'];
  return halves.flatMap((half) => {
    const those = half === null ? asked : asked.filter(({ question }) => question.half === half);
    return those.length === 0 ? [] : [figuresOf(kind, half, those)];
  });
}

function figuresOf(
  kind: string | null,
  half: EvaluationHalf | null,
  asked: readonly AskedQuestion[],
): AnswerFigures {
  const answerable = asked.filter(({ question }) => question.relevant.length > 0);
  const within = (rank: number) => share(answerable.map((each) => each.rank !== null && each.rank <= rank));
  const latenciesMs = asked.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    kind,
    half,
    questions: asked.length,
    first: within(1),
    first5: within(5),
    mrr10: mean(answerable.map(({ rank }) => (rank === null ? 0 : 1 / rank))),
    sentence_shown: share(answerable.map(({ sentenceShown }) => sentenceShown)),
    sentence_in_snippet: share(answerable.map(({ sentenceInSnippet }) => sentenceInSnippet)),
    not_there: share(asked.map(({ saidNothingAnswers }) => saidNothingAnswers)),
    p50_ms: percentile(latenciesMs, 0.5),
    p95_ms: percentile(latenciesMs, 0.95),
  };
}

/** Of those that are known; null where none is. */
function share(truths: readonly (boolean | null)[]): number | null {
  return mean(truths.filter((truth) => truth !== null).map(Number));
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
