/** Lays a search's answer out for a terminal: documents, where in them, the passage with the found words in bold. */
import type { Hit, SearchGroup, SearchResponse, TextRange } from '../../contract/search.ts';
import type { Terminal } from './terminal.ts';

export type FormatOptions = { explain: boolean; terminal: Terminal };

const indent = '   ';

export function formatSearchResponse(response: SearchResponse, options: FormatOptions): string {
  const count = response.groups.length;
  const found = count === 0 ? 'Nothing found' : `${count} ${count === 1 ? 'document' : 'documents'}`;
  const footer = `${found} in ${response.timing.totalMs.toFixed(0)} ms (${response.mode}).`;
  const timing = options.explain ? [formatTiming(response)] : [];
  const blocks = formatGroups(response.groups, options);
  const end = [options.terminal.style('dim', footer), ...timing].join('\n');
  return blocks === '' ? end : `${blocks}\n\n${end}`;
}

/** Documents with their passages, numbered; empty for none. */
export function formatGroups(groups: readonly SearchGroup[], options: FormatOptions): string {
  return groups.map((group, index) => formatGroup(group, index + 1, options)).join('\n\n');
}

function formatGroup(
  { document, hits, places = [] }: SearchGroup,
  rank: number,
  options: FormatOptions,
): string {
  const { terminal } = options;
  const title = terminal.style('bold', document.title || document.relativePath);
  const lines = [`${rank}. ${title}  ${terminal.style('dim', document.path)}`];
  for (const place of places.slice(1)) lines.push(indent + terminal.style('dim', `also at ${place}`));
  for (const hit of hits) lines.push(...formatHit(hit, options));
  return lines.join('\n');
}

function formatHit(hit: Hit, { explain, terminal }: FormatOptions): string[] {
  const place = [hit.page === null ? '' : `page ${hit.page}`, hit.headingPath.join(' › ')].filter(
    (part) => part !== '',
  );
  const lines = place.length > 0 ? [indent + terminal.style('cyan', place.join(' · '))] : [];
  const snippet = highlight(hit.snippet, hit.highlights, (text) => terminal.style(['bold', 'yellow'], text));
  lines.push(indent + snippet.replaceAll(/\s+/g, ' ').trim());
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
    ['present', timing.presentMs],
  ] as const;
  return stages.map(([name, milliseconds]) => `${name} ${milliseconds.toFixed(1)} ms`).join(' · ');
}

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
