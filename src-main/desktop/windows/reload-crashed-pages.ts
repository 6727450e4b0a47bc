/**
 * Loads a page again whose process has ended, a bounded number of times; then the person decides. Nothing waits for the
 * answer: the engine, the tray and the other window go on meanwhile.
 */
import { app, dialog, type WebContents } from 'electron/main';
import { RestartPolicy } from '../../common/restart-policy.ts';
import { appIdentity } from '../app-identity.ts';

export function reloadCrashedPages(): void {
  const policy = new RestartPolicy();
  let isAsking = false;
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (reason === 'clean-exit' || contents.isDestroyed()) return;
    const decision = policy.decide(Date.now());
    if (decision.type === 'restart') {
      setTimeout(() => reload(contents), decision.delayMs);
      return;
    }
    if (isAsking) return;
    isAsking = true;
    void askWhatNext(`${reason}, code ${exitCode}`)
      .then((answer) => {
        if (answer === 'quit') return app.quit();
        policy.reset();
        reload(contents);
      })
      .finally(() => {
        isAsking = false;
      });
  });
}

async function askWhatNext(what: string): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: appIdentity.name,
    message: 'The window has stopped',
    detail: `Its page ended again and again (${what}).\n\nYour documents and the index are safe.`,
    buttons: ['Load Again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1 ? 'quit' : 'reload';
}

function reload(contents: WebContents): void {
  if (!contents.isDestroyed()) contents.reload();
}
