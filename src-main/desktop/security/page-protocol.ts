/** Declares the page's own protocol and serves the page's folder under it. */
import { protocol, type Session } from 'electron/main';
import { appIdentity } from '../app-identity.ts';
import { answerPageRequest } from './answer-page-request.ts';

/** Must run before the app is ready. */
export function declarePageProtocol(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appIdentity.pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

export function servePage(session: Session, pageFolder: string): void {
  session.protocol.handle(appIdentity.pageScheme, (request) => answerPageRequest(request, pageFolder));
}
