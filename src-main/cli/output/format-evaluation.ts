/** Draws an evaluation as a table: a line for each mode of a collection, or for each mode and kind of question. */
import type { EvaluationResult, EvaluationRow, QuestionRow } from '../../contract/evaluation.ts';

export function formatEvaluation(result: EvaluationResult): string {
  const rows = 'before' in result ? [result.before, result.after].flat() : [result].flat();
  const ofQuestions = rows.filter((row) => 'kind' in row);
  if (ofQuestions.length > 0) return drawTable([questionHeader, ...questionLines(ofQuestions)]);
  return drawTable([collectionHeader, ...rows.filter((row) => 'ndcg10' in row).map(collectionLine)]);
}

const collectionHeader = [
  'collection',
  'mode',
  'encoder',
  'adapter',
  'nDCG@10',
  'MRR@10',
  'recall@100',
  'p50 ms',
  'p95 ms',
  'index s',
];

function collectionLine(row: EvaluationRow): string[] {
  return [
    row.collection,
    modeOf(row),
    row.encoder ?? '–',
    row.adapter ?? '–',
    row.ndcg10.toFixed(4),
    row.mrr10.toFixed(4),
    row.recall100.toFixed(4),
    row.p50_ms.toFixed(1),
    row.p95_ms.toFixed(1),
    row.index_seconds.toFixed(1),
  ];
}

const questionHeader = [
  'mode',
  'adapter',
  'kind',
  'questions',
  'first',
  'first 5',
  'MRR@10',
  'shown MRR',
  'aside MRR',
  'sentence',
  'in snippet',
  'not there',
  'p50 ms',
];

/** The halves stand beside their whole, by MRR. */
function questionLines(rows: readonly QuestionRow[]): string[][] {
  const same = (row: QuestionRow, half: QuestionRow['half']) =>
    rows.find(
      (other) =>
        other.half === half &&
        other.kind === row.kind &&
        other.mode === row.mode &&
        other.adapter === row.adapter,
    );
  return rows
    .filter(({ half }) => half === null)
    .map((row) => [
      modeOf(row),
      row.adapter ?? '–',
      row.kind ?? 'all that have an answer',
      String(row.questions),
      share(row.first),
      share(row.first5),
      share(row.mrr10),
      share(same(row, 'shown')?.mrr10),
      share(same(row, 'aside')?.mrr10),
      share(row.sentence_shown),
      share(row.sentence_in_snippet),
      share(row.not_there),
      row.p50_ms.toFixed(1),
    ]);
}

const modeOf = ({ mode, reranker }: EvaluationRow | QuestionRow): string =>
  reranker === undefined ? mode : `${mode}, reranked by ${reranker}`;

const share = (value: number | null | undefined): string => value?.toFixed(3) ?? '–';

function drawTable(table: readonly (readonly string[])[]): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
