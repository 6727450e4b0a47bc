/**
 * Serves the page and the engine's contract to this machine's own browser and programs: 127.0.0.1 only, behind a
 * random token. It refuses requests of other sites (request-guard.ts) and holds no state of the product's own.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { createRouterClient, type Router } from '@orpc/server';
import { BodyLimitPlugin, RPCHandler } from '@orpc/server/node';
import type { StandardHandleResult } from '@orpc/server/standard';
import { AppError } from '../common/app-error.ts';
import { contentSecurityPolicy } from '../common/content-security-policy.ts';
import type { Contract } from '../contract/contract.ts';
import { accessCookie, createAccessToken, isSameToken, presentedToken } from './access-token.ts';
import { closableServer } from './close-server.ts';
import { type ApiDocument, describeApi } from './describe-api.ts';
import { removeEngineFile, writeEngineFile } from './engine-file.ts';
import type { McpResponder } from './mcp/serve-mcp.ts';
import { resolvePageFile, sendPageFile } from './page-files.ts';
import { judgeRequest } from './request-guard.ts';
import { streamFormData } from './stream-form-data.ts';

export type HostOptions = {
  router: Router<Contract, Record<never, never>>;
  /** Folder of the built page, or null to serve the API alone. */
  rendererDirectory: string | null;
  /** Data folder in which `engine.json` tells other programs the address; none is written without it. */
  home?: string;
  /** The process that keeps this one running, for `engine.json`. */
  supervisor?: number;
  /** 0, the default, takes a free port. */
  port?: number;
  token?: string;
  version?: string;
  /** Hears of failures that are not the caller's. */
  log?: (line: string) => void;
};

export type Host = {
  /** `http://127.0.0.1:PORT`, without the token. */
  url: string;
  /** What a person opens: the address with the token, which the page swaps for a cookie at once. */
  pageUrl: string;
  token: string;
  /** Ends all connections; idempotent. `keepAddress` leaves `engine.json`, for a next host at the same address. */
  close(options?: { keepAddress?: boolean }): Promise<void>;
};

const maxBodyBytes = 4 * 1024 * 1024;

/** Throws AppError `conflict` where the port is taken. */
export async function startHost(options: HostOptions): Promise<Host> {
  const token = options.token ?? createAccessToken();
  const server = createServer();
  const closeServer = closableServer(server);
  const port = await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${port}`;
  const respond = createResponder({ ...options, token, port, url });
  server.on('request', (request, response) => {
    respond(request, response).catch((error: unknown) => {
      options.log?.(
        `host: ${request.method} ${pathOf(request)}: ${error instanceof Error ? error.message : error}`,
      );
      if (response.headersSent) response.destroy();
      else sendText(response, 500, 'The engine failed to answer; its log says more.');
    });
  });
  // Such as no more file handles for a connection: that one is lost, the host is not.
  server.on('error', (error) => options.log?.(`host: ${error.message}`));
  try {
    if (options.home !== undefined) {
      const { home, supervisor } = options;
      writeEngineFile(home, {
        url,
        token,
        pid: process.pid,
        ...(supervisor === undefined ? {} : { supervisor }),
      });
    }
  } catch (error) {
    server.close();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    url,
    pageUrl: `${url}/?token=${token}`,
    token,
    close: ({ keepAddress = false } = {}) => {
      if (!closing && options.home !== undefined && !keepAddress) removeEngineFile(options.home, token);
      closing ??= closeServer();
      return closing;
    },
  };
}

type Responder = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type ResponderOptions = HostOptions & { token: string; port: number; url: string };

function createResponder(options: ResponderOptions): Responder {
  const { router, token, port, url, log } = options;
  const report = async <Result>({ next }: { next: () => Promise<Result> }): Promise<Result> => {
    try {
      return await next();
    } catch (error) {
      if (!isExpected(error))
        log?.(`engine: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      throw error;
    }
  };
  const plugins = [new BodyLimitPlugin<Record<never, never>>({ maxBodySize: maxBodyBytes })];
  // Around the call alone: a body that cannot be read is the caller's fault, and no news.
  const settings = { plugins, clientInterceptors: [report], rootInterceptors: [sendSafely] };
  const rpc = new RPCHandler(router, settings);
  const api = new OpenAPIHandler(router, settings);
  let apiDocument: Promise<ApiDocument> | undefined;
  let mcp: Promise<McpResponder> | undefined;
  // Loaded with the first assistant program: most engines meet none.
  const openMcp = async () => {
    const { serveMcp } = await import('./mcp/serve-mcp.ts');
    const client = createRouterClient(router, { interceptors: [report] });
    return serveMcp({ client, library: 'default', version: options.version ?? '' }, maxBodyBytes);
  };

  return async (request, response) => {
    setSecurityHeaders(response);
    if (!URL.canParse(request.url ?? '/', url))
      return sendText(response, 400, 'This address cannot be read.');
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const target = /^\/(rpc|api)\/|^\/(openapi\.json|health|mcp)$/.test(pathname) ? 'api' : 'page';
    const verdict = judgeRequest({ ...guardedHeaders(request), target }, port);
    if (!verdict.allowed) return sendText(response, 403, verdict.reason);

    const isGet = request.method === 'GET' || request.method === 'HEAD';
    if (isGet && pathname === '/' && isSameToken(searchParams.get('token'), token)) {
      response.setHeader('Set-Cookie', accessCookie(token, port));
      response.writeHead(303, { Location: '/' }).end();
      return;
    }
    if (!isSameToken(presentedToken(request.headers, port), token)) return sendUnauthorised(response, target);

    if (target === 'api') response.setHeader('Cache-Control', 'no-store');
    if (pathname.startsWith('/rpc/'))
      return endUnmatched(response, await rpc.handle(request, response, { prefix: '/rpc' }));
    if (pathname.startsWith('/api/'))
      return endUnmatched(response, await api.handle(request, response, { prefix: '/api' }));
    if (pathname === '/mcp') {
      mcp ??= openMcp();
      return await (await mcp).respond(request, response, new URL(request.url ?? '/', url));
    }
    if (!isGet) return sendText(response, 405, 'Only reading is possible here.');
    if (pathname === '/health')
      return sendJson(response, { name: 'llara', version: options.version ?? '', pid: process.pid });
    if (pathname === '/openapi.json') {
      apiDocument ??= describeApi(options.version ?? '');
      return sendJson(response, await apiDocument);
    }
    return await sendPage(options.rendererDirectory, pathname, request, response);
  };
}

async function sendSafely({
  next,
}: {
  next: () => Promise<StandardHandleResult>;
}): Promise<StandardHandleResult> {
  const result = await next();
  return result.matched ? { ...result, response: streamFormData(result.response) } : result;
}

async function sendPage(
  directory: string | null,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = directory === null ? null : resolvePageFile(pathname, directory);
  if (
    file &&
    directory !== null &&
    (await sendPageFile(file, directory, response, request.method === 'HEAD'))
  )
    return;
  const isUnbuilt = pathname === '/' || pathname === '/index.html';
  sendText(
    response,
    isUnbuilt ? 503 : 404,
    isUnbuilt ? 'The page is not built. Run "npm run build", then start again.' : 'Not found.',
  );
}

function guardedHeaders({ method, headers }: IncomingMessage) {
  const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value.join(', ') : value);
  return {
    method: method ?? 'GET',
    host: headers.host,
    origin: headers.origin,
    fetchSite: single(headers['sec-fetch-site']),
    fetchMode: single(headers['sec-fetch-mode']),
  };
}

function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy());
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

function sendUnauthorised(response: ServerResponse, target: 'page' | 'api'): void {
  if (target === 'api') response.setHeader('WWW-Authenticate', 'Bearer realm="llara"');
  sendText(
    response,
    401,
    'Open the full address that was printed when Llara started: it ends in "?token=" and a long word.',
  );
}

function endUnmatched(response: ServerResponse, { matched }: { matched: boolean }): void {
  if (!matched) sendText(response, 404, 'There is no such call.');
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    .end(`${text}\n`);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(value));
}

/** Failures that the contract names, and calls that their caller gave up, are no news. */
function isExpected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  return status < 500 || error.name === 'AbortError';
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? '';
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE';
      const message = taken
        ? `Port ${port} is taken by another program; choose another one with --port.`
        : `Cannot listen on 127.0.0.1:${port}: ${cause.message}`;
      reject(new AppError(taken ? 'conflict' : 'internal', message, { cause }));
    };
    server.once('error', onError);
    server.listen({ host: '127.0.0.1', port }, () => {
      server.off('error', onError);
      resolve((server.address() as AddressInfo).port);
    });
  });
}
