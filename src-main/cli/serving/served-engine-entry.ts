/**
 * Process entry of the engine under Node: opens and serves it, tells the parent where, and ends when the parent says so
 * or is gone. Ctrl-C reaches this process too, but ending is the parent's decision.
 */
import { describeError } from '../output/describe-error.ts';
import {
  openServedEngine,
  type ServedEngineMessage,
  type ServedEngineOptions,
} from './open-served-engine.ts';
import { servedEngineVariable } from './served-engine-variable.ts';
import { stopMessage } from './stop-message.ts';

const options = JSON.parse(process.env[servedEngineVariable] ?? '{}') as ServedEngineOptions;
delete process.env[servedEngineVariable];
process.on('SIGINT', () => {});

try {
  const served = await openServedEngine(options, (line) => process.stderr.write(`${line}\n`));
  let isStopping = false;
  const stop = (keepAddress: boolean) => {
    // The parent's word to stop is followed by its hanging up.
    if (isStopping) return;
    isStopping = true;
    served.close({ keepAddress }).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The engine did not close well: ${describeError(error).message}\n`);
        process.exit(1);
      },
    );
  };
  process.once('message', (message) => message === stopMessage && stop(false));
  // A parent that goes without a word has crashed; the next one takes up address and token, so that an open page goes on.
  process.once('disconnect', () => stop(true));
  process.once('SIGTERM', () => stop(false));
  const { url, token } = served.host;
  const tellParent = (message: ServedEngineMessage) => process.send?.(message, () => {});
  if (process.connected) tellParent({ type: 'serving', url, token, pid: process.pid });
  else stop(true);
} catch (error) {
  const { code, message } = describeError(error);
  if (process.send)
    process.send({ type: 'failed', code, message } satisfies ServedEngineMessage, () => process.exit(1));
  else process.exit(1);
}
