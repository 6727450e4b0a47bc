/**
 * The client of a running engine for programs of a person's own, as `llara-desktop/client`: the same typed calls that the page and
 * the command line make. It opens no engine itself; `llara serve` or the app keeps one running.
 */
import { AppError } from '../../common/app-error.ts';
import { homeDirectory } from '../../common/paths/home-directory.ts';
import { clientOf, type EngineClient, findRunningEngine } from '../connect-engine.ts';

export type { EngineClient };

export type ConnectOptions = {
  /** Data folder of the engine; the person's own unless given. */
  home?: string;
};

/** Throws AppError `engine-gone` where no engine runs on the data folder. */
export async function connect({ home = homeDirectory() }: ConnectOptions = {}): Promise<EngineClient> {
  const running = await findRunningEngine(home);
  if (running) return clientOf(running);
  throw new AppError('engine-gone', `No engine runs on ${home}. Start one: llara serve`);
}

/** The same for an address and a token that are known, such as those of `llara serve --json`. */
export function connectTo(address: { url: string; token: string }): EngineClient {
  return clientOf(address);
}
