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
