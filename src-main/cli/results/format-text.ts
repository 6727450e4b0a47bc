/** Lays a search's answer out for a terminal: documents, where in them, the passage with the found words in bold. */
import { pathToFileURL } from 'node:url';
import type { Hit, SearchGroup, SearchResponse, TextRange } from '../../contract/search.ts';
import type { Terminal } from '../output/terminal.ts';
import { certainGroups } from './certain-groups.ts';
import { firstLines } from './first-lines.ts';
import { printable } from './printable.ts';

export type TextOptions = {
  explain: boolean;
  /** The whole passage in place of the part worth showing. */
  full: boolean;
  /** Most lines of a passage; all where it is left out. */
  lines?: number | undefined;
  terminal: Terminal;
};

const indent = '   ';

export function formatText(response: SearchResponse, options: TextOptions): string {
  const certain = certainGroups(response);
  const rest = response.groups.slice(certain.length);
  const footer = `${whatWasFound(certain.length, rest.length)} in ${response.timing.totalMs.toFixed(0)} ms (${response.mode}).`;
  const timing = options.explain ? [formatTiming(response)] : [];
  const blocks = [
    formatGroups(certain, options),
    ...(rest.length > 0
      ? [
          options.terminal.style('dim', certain.length > 0 ? '── less certain ──' : '── nothing certain ──'),
          formatGroups(rest, options, certain.length),
        ]
      : []),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
  const end = [options.terminal.style('dim', footer), ...timing].join('\n');
  return blocks === '' ? end : `${blocks}\n\n${end}`;
}

function whatWasFound(certain: number, others: number): string {
  const documents = (count: number) => `${count} ${count === 1 ? 'document' : 'documents'}`;
  if (certain + others === 0) return 'Nothing found';
  if (others === 0) return documents(certain);
  if (certain === 0) return `Nothing certain, ${documents(others)}`;
  return `${documents(certain)}, ${others} less certain`;
}

/** Documents with their passages, numbered from the one after `before`; empty for none. */
export function formatGroups(groups: readonly SearchGroup[], options: TextOptions, before = 0): string {
  return groups.map((group, index) => formatGroup(group, before + index + 1, options)).join('\n\n');
}

function formatGroup(
  { document, hits, places = [] }: SearchGroup,
  rank: number,
  options: TextOptions,
): string {
  const { terminal } = options;
  const title = terminal.style('bold', printable(document.title || document.relativePath));
  const lines = [
    `${rank}. ${title}  ${terminal.style('dim', pathAsLink(document.path, document.container?.path, terminal))}`,
  ];
  for (const place of places.slice(1))
    lines.push(indent + terminal.style('dim', `also at ${printable(place)}`));
  for (const hit of hits) lines.push(...formatHit(hit, options));
  if (hits.length === 0)
    lines.push(
      indent + terminal.style('dim', printable(`No text was read from it. ${document.reason ?? ''}`.trim())),
    );
  return lines.join('\n');
}

function formatHit(hit: Hit, { explain, full, lines: most, terminal }: TextOptions): string[] {
  const place = [hit.page === null ? '' : `page ${hit.page}`, printable(hit.headingPath.join(' › '))].filter(
    (part) => part !== '',
  );
  const lines = place.length > 0 ? [indent + terminal.style('cyan', place.join(' · '))] : [];
  if (full || most !== undefined) {
    const passage = printable(firstLines(hit.text, most)).split('\n');
    lines.push(...passage.map((line) => (indent + line).trimEnd()));
  } else {
    const emphasise = (text: string) => terminal.style(['bold', 'yellow'], text);
    const snippet = highlight(printable(hit.snippet), hit.highlights, emphasise);
    lines.push(indent + snippet.replaceAll(/\s+/g, ' ').trim());
  }
  if (explain) lines.push(indent + terminal.style('dim', formatScore(hit)));
  return lines;
}

function formatScore({ score, matchedWords }: Hit): string {
  const part = (name: string, value: number | null, rank: number | null) =>
    value === null ? `${name} –` : `${name} ${value.toFixed(3)} (rank ${rank ?? '–'})`;
  return [
    `fused ${score.fused.toFixed(4)}`,
    part('words', score.lexical, score.lexicalRank),
    part('meaning', score.dense, score.denseRank),
    ...(score.reranked === undefined ? [] : [`reranker ${score.reranked.toFixed(2)}`]),
    matchedWords.length > 0 ? `matched: ${matchedWords.join(', ')}` : 'no word in common',
  ].join(' · ');
}

function formatTiming({ timing }: SearchResponse): string {
  const stages = [
    ['parse', timing.parseMs],
    ['encode', timing.encodeMs],
    ['words', timing.lexicalMs],
    ['meaning', timing.denseMs],
    ['fuse', timing.fuseMs],
    ...(timing.rerankMs > 0 ? [['rerank', timing.rerankMs] as const] : []),
    ['present', timing.presentMs],
  ] as const;
  return stages.map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(1)} ms`).join(' · ');
}

/** An attachment is opened by way of the file that it is in. */
const pathAsLink = (path: string, container: string | undefined, terminal: Terminal) =>
  terminal.link(printable(path), pathToFileURL(container ?? path).href);

/** `ranges` are offsets into `text`, in order and apart from each other. */
function highlight(text: string, ranges: readonly TextRange[], emphasise: (part: string) => string): string {
  let result = '';
  let position = 0;
  for (const { start, end } of ranges) {
    if (start < position) continue;
    result += text.slice(position, start) + emphasise(text.slice(start, end));
    position = end;
  }
  return result + text.slice(position);
}
