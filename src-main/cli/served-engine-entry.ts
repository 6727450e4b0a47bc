/**
 * Process entry of the engine under Node: opens and serves it, tells the parent where, and ends when the parent says so
 * or is gone. Ctrl-C reaches this process too, but ending is the parent's decision.
 */
import { describeError } from './describe-error.ts';
import {
  openServedEngine,
  type ServedEngineMessage,
  type ServedEngineOptions,
} from './open-served-engine.ts';
import { servedEngineVariable } from './served-engine-variable.ts';
import { stopMessage } from './stop-message.ts';

const options = JSON.parse(process.env[servedEngineVariable] ?? '{}') as ServedEngineOptions;
delete process.env[servedEngineVariable];
const tell = (message: ServedEngineMessage) => process.send?.(message);
process.on('SIGINT', () => {});

try {
  const served = await openServedEngine(options, (line) => process.stderr.write(`${line}\n`));
  const stop = (keepAddress: boolean) => void served.close({ keepAddress }).finally(() => process.exit(0));
  process.once('message', (message) => message === stopMessage && stop(false));
  // A parent that goes without a word has crashed; the next one takes up address and token, so that an open page goes on.
  process.once('disconnect', () => stop(true));
  process.once('SIGTERM', () => stop(false));
  tell({ type: 'serving', url: served.host.url, token: served.host.token, pid: process.pid });
} catch (error) {
  const { code, message } = describeError(error);
  tell({ type: 'failed', code, message });
  process.disconnect?.();
  process.exitCode = 1;
}
