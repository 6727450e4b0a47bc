/**
 * Decides whether a request to the loopback host may be looked at, before any token is compared. Two attacks need no
 * token to be known. DNS rebinding: a page of some site makes its own name resolve to 127.0.0.1, so that the browser
 * takes our answers for that site's own; such a request carries the site's name in `Host`, which we refuse. Cross-site
 * request forgery: a page of another origin, including another port of this machine, sends a request along with our
 * cookie; browsers then say where it comes from in `Origin` and `Sec-Fetch-Site`, which page scripts cannot set.
 * A program that is no browser sends neither header and has to know the token instead.
 */

/** The headers a verdict rests on, as received; `undefined` where a header is absent. */
export type GuardedRequest = {
  method: string;
  /** `page` is a file of the renderer; `api` is everything that reads or changes the person's data. */
  target: 'page' | 'api';
  host: string | undefined;
  origin: string | undefined;
  fetchSite: string | undefined;
  fetchMode: string | undefined;
};

export type GuardVerdict = { allowed: true } | { allowed: false; reason: string };

export function judgeRequest(request: GuardedRequest, port: number): GuardVerdict {
  if (!isOwnHost(request.host, port)) {
    return refuse(`The host name ${quote(request.host)} is not this machine's loopback address.`);
  }
  if (!isOwnOrigin(request.origin, port)) {
    return refuse(`Requests from the origin ${quote(request.origin)} are not answered.`);
  }
  if (!isOwnFetchSite(request)) {
    return refuse('Requests that another site makes are not answered.');
  }
  return { allowed: true };
}

/** Only the two names that reach the listening address; an absent name is refused as well. */
export function isOwnHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Absent is fine: no browser leaves it out of a request that changes something. `null` is some sandboxed page. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return (
    origin === undefined || origin === `http://127.0.0.1:${port}` || origin === `http://localhost:${port}`
  );
}

/**
 * `none` is a typed or bookmarked address. Following a link from elsewhere is allowed for the page alone, since it
 * shows our page and gives the other site nothing. `same-site` is another port of this machine, so not ours.
 */
function isOwnFetchSite({ method, target, fetchSite, fetchMode }: GuardedRequest): boolean {
  if (fetchSite === undefined || fetchSite === 'same-origin' || fetchSite === 'none') return true;
  return target === 'page' && method === 'GET' && fetchMode === 'navigate';
}

function refuse(reason: string): GuardVerdict {
  return { allowed: false, reason };
}

function quote(value: string | undefined): string {
  return value === undefined ? '(none)' : JSON.stringify(value.slice(0, 100));
}
