/** Tables of the lab notebook, made of the figures in docs/lab/results/, where the commands that measure put them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const results = join(import.meta.dirname, '../../docs/lab/results');
const read = <Row>(name: string) => JSON.parse(readFileSync(join(results, `${name}.json`), 'utf8')) as Row[];

const tableOf = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Of what `llara eval --json` prints for a folder with questions. Several kinds in one row are taken together. */
type KindRow = {
  kind: string | string[] | null;
  half: 'shown' | 'aside' | null;
  questions?: number;
  first: number;
  first5: number;
  mrr10: number;
};

/** One line for each kind: as a whole, and both halves of its questions. */
export function kindsTable(name: string): string {
  const rows = read<KindRow>(name);
  const keyOf = ({ kind }: KindRow) => JSON.stringify(kind);
  const figures = (row: KindRow | undefined) =>
    row ? [row.first, row.first5, row.mrr10].map((figure) => figure.toFixed(3)).join(' · ') : '–';
  const lines = rows
    .filter(({ half }) => half === null)
    .map((row) => {
      const halfOf = (half: KindRow['half']) =>
        rows.find((other) => other.half === half && keyOf(other) === keyOf(row));
      return [
        nameOf(row.kind),
        String(row.questions ?? '–'),
        figures(row),
        figures(halfOf('shown')),
        figures(halfOf('aside')),
      ];
    });
  return tableOf(['kind', 'questions', 'all', 'shown', 'aside'], lines);
}

function nameOf(kind: KindRow['kind']): string {
  if (kind === null) return '**all**';
  return typeof kind === 'string' ? kind : `**${kind.join(', ')}**`;
}

/** As `tests/eval/measure-llara.ts` puts them into `results.json`. */
type MethodRow = {
  pooledTokens: number | null;
  method: string;
  /** Of each stage. */
  steps: number[];
  tokens: number | null;
  ndcg10: number;
  mrr10: number;
};

const methods: Record<string, string> = {
  llara: 'EBAE and EBAR alone',
  'llara+contrastive, after llara': 'EBAE and EBAR, the first stage of the next row',
  'llara+contrastive': 'EBAE and EBAR, then contrast',
  contrastive: 'contrast alone',
  'at-once': 'EBAE, EBAR and contrast at once',
  'llara-mini': 'llara-mini, as it ships',
};

export function methodsTable(name: string): string {
  const figure = (value: number) => value.toFixed(4).replace(/^0/, '');
  return tableOf(
    ['pooled tokens', 'method', 'steps', 'tokens trained', 'nDCG@10', 'MRR@10'],
    read<MethodRow>(name).map(({ pooledTokens, method, steps, tokens, ndcg10, mrr10 }) => [
      String(pooledTokens ?? '–'),
      methods[method] ?? method,
      steps.join(' + ') || '–',
      tokens === null ? '–' : String(tokens).replace(/\B(?=(\d{3})+$)/g, ' '),
      figure(ndcg10),
      figure(mrr10),
    ]),
  );
}

/** As `tests/eval/checkouts/measure-checkout.ts` and `tests/eval/measure-ranking.ts --json` print it, of one collection; the row's name is a person's where several commits are compared. */
type MeasuredRow = {
  row: string;
  commit?: string;
  collection: string;
  ndcg10?: number;
  rows?: {
    kind: string | null;
    half: KindRow['half'];
    questions: number;
    first: number | null;
    first5: number | null;
    sentence_in_snippet: number | null;
  }[];
};

const kindsInSteps = [
  'paraphrase',
  'identifier',
  'file-name',
  'date',
  'typing-error',
  'one-word',
  'language',
  'cross-language',
];

/** One line for each commit or rule: first · first five of the household, as a whole, by half and by kind; then nDCG@10 of collections. */
export function stepsTable(name: string): string {
  const measured = read<MeasuredRow>(name);
  const collections = [...new Set(measured.map(({ collection }) => collection))].slice(1);
  const hasCommits = measured.some(({ commit }) => commit !== undefined);
  const lines = Array.from(
    Map.groupBy(measured, ({ row, commit }) => `${row} ${commit}`).values(),
    (parts) => {
      const [{ row, commit = '–', rows = [] }] = parts as [MeasuredRow];
      const figures = (kind: string | null, half: KindRow['half'], digits: number) => {
        const found = rows.find((each) => each.kind === kind && each.half === half);
        return `${share(found?.first, digits)} · ${share(found?.first5, digits)}`;
      };
      const all = rows.find(({ kind, half }) => kind === null && half === null);
      return [
        row,
        ...(hasCommits ? [commit] : []),
        ...([null, 'shown', 'aside'] as const).map((half) => figures(null, half, 3)),
        ...kindsInSteps.map((kind) => figures(kind, null, 2)),
        share(all?.sentence_in_snippet, 3),
        ...collections.map((each) =>
          share(parts.find(({ collection }) => collection === each)?.ndcg10, 4),
        ),
      ];
    },
  );
  const first = hasCommits ? ['after', 'commit'] : [' '];
  const asked = (kind: string | null, half: KindRow['half']) =>
    measured[0]?.rows?.find((each) => each.kind === kind && each.half === half)?.questions ?? 0;
  const heads = [
    ...([null, 'shown', 'aside'] as const).map((half) => `${half ?? 'all'} (${asked(null, half)})`),
    ...kindsInSteps.map((kind) => `${kind} (${asked(kind, null)})`),
  ];
  return tableOf([...first, ...heads, 'sentence in snippet', ...collections], lines);
}

const share = (figure: number | null | undefined, digits: number) =>
  figure === null || figure === undefined ? '–' : figure.toFixed(digits).replace(/^0/, '');
