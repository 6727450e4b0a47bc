/**
 * Makes a tree of a question's tokens. OR joins its two neighbours and binds them closer than standing side by side does, so that in
 * `boiler OR heating type:pdf` the type narrows both. Parentheses around plain words alone are text, as in “NATO (1949)”.
 */
import type { QueryPart, QueryToken } from './split-query.ts';

export type QueryNode =
  | { type: 'part'; part: QueryPart }
  | { type: 'not'; of: QueryNode }
  | { type: 'all' | 'any'; of: QueryNode[] };

export function groupTokens(tokens: readonly QueryToken[], query: string): QueryNode[] {
  const queue = [...tokens];
  const nodes: QueryNode[] = [];
  // What is left after a group is what a closing parenthesis too many would leave; there is none, see `split-query.ts`.
  while (queue.length > 0) nodes.push(...readGroup(queue, query).nodes);
  return nodes;
}

/** Up to the parenthesis that closes the group, or to the end. `queue` is used up. */
function readGroup(queue: QueryToken[], query: string): { nodes: QueryNode[]; end: number | null } {
  const nodes: QueryNode[] = [];
  let joins: { start: number; end: number } | null = null;
  const add = (node: QueryNode) => {
    const before = joins && nodes.pop();
    joins = null;
    if (!before) nodes.push(node);
    else if (before.type === 'any') nodes.push({ type: 'any', of: [...before.of, node] });
    else nodes.push({ type: 'any', of: [before, node] });
  };
  for (let token = queue.shift(); token; token = queue.shift()) {
    if (token.type === 'close') return { nodes, end: token.end };
    if (token.type === 'part') add({ type: 'part', part: token.part });
    else if (token.type === 'open') {
      const inner = readGroup(queue, query);
      const words = token.isNegated ? null : plainWords(inner.nodes, query, token.start, inner.end);
      if (words) for (const word of words) add(word);
      else if (inner.nodes.length > 0) {
        const group: QueryNode = { type: 'all', of: inner.nodes };
        add(token.isNegated ? { type: 'not', of: group } : group);
      }
    } else if (nodes.length === 0 || !isOperand(queue[0]) || joins) {
      // Nothing to join on one side: it is a word.
      const value = query.slice(token.start, token.end);
      add({
        type: 'part',
        part: { kind: 'word', value, isNegated: false, start: token.start, end: token.end },
      });
    } else if (token.type === 'or') joins = token;
  }
  return { nodes, end: null };
}

const isOperand = (token: QueryToken | undefined): boolean =>
  token?.type === 'part' || token?.type === 'open';

/** The words as they were typed, parentheses included; null where the group holds anything else. */
function plainWords(
  nodes: readonly QueryNode[],
  query: string,
  start: number,
  end: number | null,
): QueryNode[] | null {
  const parts = nodes.map((node) =>
    node.type === 'part' && node.part.kind === 'word' && !node.part.isNegated ? node.part : null,
  );
  if (parts.length === 0 || parts.some((part) => part === null)) return null;
  return parts.map((part, index) => {
    const from = index === 0 ? start : part!.start;
    const to = index === parts.length - 1 ? (end ?? part!.end) : part!.end;
    return { type: 'part', part: { ...part!, start: from, end: to, value: query.slice(from, to).trim() } };
  });
}
