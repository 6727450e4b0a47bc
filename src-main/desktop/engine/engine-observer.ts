/**
 * The main process's own line to the engine: follows its events and pauses or resumes jobs. It asks for nothing heavy
 * and joins again by itself whenever the engine is restarted.
 */
import { createORPCClient } from '@orpc/client';
import { RPCLink, type SupportedMessagePort } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '../../contract/contract.ts';
import type { EngineEvent } from '../../contract/events.ts';
import type { JobPauser } from '../../contract/jobs.ts';
import type { BatteryActions } from './battery-pause.ts';

export type EngineClient = ContractRouterClient<Contract>;

export interface EngineObserverOptions {
  onEvent(event: EngineEvent): void;
  onProblem(error: unknown): void;
}

export class EngineObserver {
  readonly #options: EngineObserverOptions;
  #client: EngineClient | null = null;

  constructor(options: EngineObserverOptions) {
    this.#options = options;
  }

  /** Follows the engine behind `port` until that port closes; a later call takes over. */
  async follow(port: SupportedMessagePort): Promise<void> {
    const client: EngineClient = createORPCClient(new RPCLink({ port }));
    this.#client = client;
    try {
      for await (const event of await client.engine.events()) this.#options.onEvent(event);
    } catch (error) {
      // A closed port ends the stream with an error; the broker reports the reason.
      if (this.#client === client) this.#options.onProblem(error);
    }
    if (this.#client === client) this.#client = null;
  }

  /** A job may have ended meanwhile, so a refusal of one stops none of the others. */
  async apply({ pause, resume }: BatteryActions, by: JobPauser): Promise<void> {
    const client = this.#client;
    if (!client) return;
    const outcomes = await Promise.allSettled([
      ...pause.map((jobId) => client.jobs.pause({ jobId, by })),
      ...resume.map((jobId) => client.jobs.resume({ jobId })),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') this.#options.onProblem(outcome.reason);
  }
}
