/**
 * Keeps one engine process running and hands out ports to it: forks it, restarts it a bounded number of times after a
 * crash, and then says that it gave up. It never looks at what passes through the ports. Forking and channels are
 * arguments, so that tests drive it with plain Node objects.
 */
import { RestartPolicy } from '../../common/restart-policy.ts';
import type { EngineState } from '../../contract/desktop-shell.ts';

/** The part of Electron's `UtilityProcess` that the broker needs. */
export interface EngineProcess<Port> {
  postMessage(message: unknown, transfer: Port[]): void;
  kill(): boolean;
  onSpawn(listener: () => void): void;
  onExit(listener: (code: number) => void): void;
  /** Called with a sentence for a person when the engine cannot open its data, before it exits. */
  onFailure(listener: (message: string) => void): void;
}

export interface EngineBrokerOptions<Port> {
  fork(): EngineProcess<Port>;
  /** A fresh pair: one end for the engine, the other for the client. */
  createChannel(): [Port, Port];
  onState(state: EngineState): void;
  policy?: RestartPolicy;
  now?: () => number;
}

export class EngineBroker<Port> {
  readonly #options: EngineBrokerOptions<Port>;
  readonly #policy: RestartPolicy;
  #process: EngineProcess<Port> | null = null;
  #state: EngineState = { type: 'starting' };
  #restartTimer: NodeJS.Timeout | null = null;
  #stopped = false;
  #waiting: ((port: Port) => void)[] = [];

  constructor(options: EngineBrokerOptions<Port>) {
    this.#options = options;
    this.#policy = options.policy ?? new RestartPolicy();
  }

  get state(): EngineState {
    return this.#state;
  }

  start(): void {
    if (this.#process || this.#stopped) return;
    const process = this.#options.fork();
    this.#process = process;
    process.onSpawn(() => {
      if (this.#process === process) this.#enter({ type: 'running' });
    });
    let failure: string | null = null;
    process.onFailure((message) => {
      failure = message;
    });
    process.onExit((code) => {
      if (this.#process === process) this.#onExit(code, failure);
    });
    for (const deliver of this.#waiting.splice(0)) this.#deliver(process, deliver);
  }

  /** Hands over the client's end of a new channel: at once, or as soon as an engine runs again. */
  connect(deliver: (port: Port) => void): void {
    if (this.#process) this.#deliver(this.#process, deliver);
    else this.#waiting.push(deliver);
  }

  /** A person's own restart: kills what runs and starts counting crashes afresh. */
  restart(): void {
    this.#policy.reset();
    this.#clearTimer();
    const process = this.#process;
    this.#process = null;
    process?.kill();
    this.#enter({ type: 'starting' });
    this.start();
  }

  /** Ends the engine for good; its exit is then no crash. */
  stop(): void {
    this.#stopped = true;
    this.#waiting = [];
    this.#clearTimer();
    const process = this.#process;
    this.#process = null;
    process?.kill();
  }

  #deliver(process: EngineProcess<Port>, deliver: (port: Port) => void): void {
    const [enginePort, clientPort] = this.#options.createChannel();
    process.postMessage({ type: 'connect' }, [enginePort]);
    deliver(clientPort);
  }

  #onExit(code: number, failure: string | null): void {
    this.#process = null;
    if (this.#stopped) return;
    // It said itself why it cannot run, such as a library held by another program: a restart would meet the same.
    if (failure !== null) {
      this.#enter({ type: 'gone', reason: failure });
      return;
    }
    const reason = `The search engine ended unexpectedly (${describeExitCode(code)}).`;
    const decision = this.#policy.decide((this.#options.now ?? Date.now)());
    if (decision.type === 'give-up') {
      this.#enter({
        type: 'gone',
        reason: `${reason} It did so again after each restart, so it is not started by itself any more.`,
      });
      return;
    }
    this.#enter({ type: 'restarting', reason, attempt: decision.attempt });
    this.#restartTimer = setTimeout(() => this.start(), decision.delayMs);
  }

  #enter(state: EngineState): void {
    this.#state = state;
    this.#options.onState(state);
  }

  #clearTimer(): void {
    if (this.#restartTimer) clearTimeout(this.#restartTimer);
    this.#restartTimer = null;
  }
}

/** Signals arrive as negative or 128-based codes, Windows exceptions as large numbers. */
function describeExitCode(code: number): string {
  if (code === 9 || code === 137 || code === -9) return `code ${code}, killed, often for want of memory`;
  if (code === 11 || code === 139 || code === -11 || code >>> 0 === 0xc0000005) {
    return `code ${code}, a memory access fault in a native library`;
  }
  return `code ${code}`;
}
