/**
 * The secret that opens the loopback host: made anew at each start, printed with the page's address, and afterwards
 * carried by a cookie (browser) or an `Authorization` header (programs). It is never logged and never in a file name.
 * Cookies know no ports, so the cookie's name holds the port, and a second host does not sign the first one out.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export function createAccessToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares digests, so that neither the time taken nor a difference in length tells anything. */
export function isSameToken(given: string | null | undefined, expected: string): boolean {
  if (!given) return false;
  return timingSafeEqual(digest(given), digest(expected));
}

/** The token that a request carries, from its `Authorization` or `Cookie` header, or null. */
export function presentedToken(
  headers: { authorization?: string | undefined; cookie?: string | undefined },
  port: number,
): string | null {
  const bearer = /^Bearer ([\w-]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (bearer) return bearer;
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === cookieName(port) && value) return value;
  }
  return null;
}

/** Not readable by scripts, and not sent along with requests that other sites start. It ends with the browser session. */
export function accessCookie(token: string, port: number): string {
  return `${cookieName(port)}=${token}; Path=/; HttpOnly; SameSite=Strict`;
}

function cookieName(port: number): string {
  return `llara_${port}`;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
