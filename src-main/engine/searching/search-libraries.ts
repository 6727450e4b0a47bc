/**
 * A question to one library or to several at once. Which ones, `in:` in the question says, else the request. Each answers by itself; the
 * answers are then put in one order.
 */
import type { SearchRequest, SearchResponse } from '../../contract/search.ts';
import { parseQuery } from '../../search/query-syntax.ts';
import type { LibrarySession } from '../library-session.ts';
import type { LibrarySet } from '../library-set.ts';
import { mergeResponses } from './merge-responses.ts';

/** Throws `not-found` for a request to a library that is not there; one that was typed after `in:` is a notice. */
export async function searchLibraries(
  libraries: LibrarySet,
  request: SearchRequest,
  signal?: AbortSignal,
): Promise<SearchResponse> {
  const { sessions, notices } = chooseLibraries(libraries, request);
  const [only, ...others] = sessions;
  if (only && others.length === 0) {
    const response = await only.search(request, signal);
    const isAsked = [request.library].flat().includes(only.name);
    const groups = isAsked
      ? response.groups
      : response.groups.map((group) => ({ ...group, library: only.name }));
    return { ...response, groups, notices: [...notices, ...response.notices] };
  }
  const answers = await Promise.all(
    sessions.map(async (session) => ({
      library: session.name,
      encoderId: session.vectors.encoder?.info.id ?? null,
      response: await session.search(request, signal),
    })),
  );
  return mergeResponses(answers, request, notices);
}

function chooseLibraries(
  libraries: LibrarySet,
  request: SearchRequest,
): { sessions: LibrarySession[]; notices: string[] } {
  const requested = [request.library].flat().map((name) => libraries.get(name));
  if (!/in:/i.test(request.query)) return { sessions: [...new Set(requested)], notices: [] };
  const { included, excluded } = parseQuery(request.query).libraries;
  const all = libraries.all();
  const known = new Set(all.map(({ name }) => name));
  const notices = [...new Set([...included, ...excluded])]
    .filter((name) => name !== 'all' && !known.has(name))
    .map((name) => `There is no library “${name}”; there are ${[...known].join(', ')}.`);
  const named = all.filter(({ name }) => included.includes(name));
  // Only leaving out begins with all of them.
  const isAll = included.includes('all') || (included.length === 0 && excluded.length > 0);
  const wanted = isAll ? all : named.length > 0 ? named : requested;
  const sessions = excluded.includes('all') ? [] : wanted.filter(({ name }) => !excluded.includes(name));
  if (sessions.length === 0) notices.push('The question leaves out every library.');
  return { sessions: [...new Set(sessions)], notices };
}
