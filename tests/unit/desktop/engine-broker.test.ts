import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RestartPolicy } from '../../../src-main/common/restart-policy.ts';
import { contract } from '../../../src-main/contract/contract.ts';
import type { EngineState } from '../../../src-main/contract/desktop-shell.ts';
import type { EngineEvent } from '../../../src-main/contract/events.ts';
import { EngineBroker, type EngineProcess } from '../../../src-main/desktop/engine/engine-broker.ts';
import { EngineObserver } from '../../../src-main/desktop/engine/engine-observer.ts';

describe('the restart policy', () => {
  it('restarts three times in five minutes, then gives up', () => {
    const policy = new RestartPolicy({ maxRestarts: 3, windowMs: 300_000 });
    const decisions = [0, 1_000, 2_000, 3_000].map((atMs) => policy.decide(atMs));
    expect(decisions).toEqual([
      { type: 'restart', attempt: 1, delayMs: 0 },
      { type: 'restart', attempt: 2, delayMs: 1_000 },
      { type: 'restart', attempt: 3, delayMs: 2_000 },
      { type: 'give-up' },
    ]);
  });

  it('forgets a crash that is older than the window', () => {
    const policy = new RestartPolicy({ maxRestarts: 1, windowMs: 1_000 });
    expect(policy.decide(0).type).toBe('restart');
    expect(policy.decide(999).type).toBe('give-up');
    expect(policy.decide(1_000)).toMatchObject({ type: 'restart', attempt: 1 });
  });

  it('starts afresh after a person asked for a restart', () => {
    const policy = new RestartPolicy({ maxRestarts: 1, windowMs: 1_000 });
    policy.decide(0);
    policy.reset();
    expect(policy.decide(1).type).toBe('restart');
  });
});

class FakeProcess extends EventEmitter implements EngineProcess<string> {
  readonly received: [unknown, string[]][] = [];
  killed = false;
  postMessage(message: unknown, transfer: string[]): void {
    this.received.push([message, transfer]);
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 15);
    return true;
  }
  onSpawn(listener: () => void): void {
    this.once('spawn', listener);
  }
  onExit(listener: (code: number) => void): void {
    this.once('exit', listener);
  }
  onFailure(listener: (message: string) => void): void {
    this.on('failed', listener);
  }
}

function makeBroker() {
  const processes: FakeProcess[] = [];
  const states: EngineState[] = [];
  let channels = 0;
  const broker = new EngineBroker<string>({
    fork: () => {
      const process = new FakeProcess();
      processes.push(process);
      return process;
    },
    createChannel: () => {
      channels += 1;
      return [`engine end ${channels}`, `client end ${channels}`];
    },
    onState: (state) => states.push(state),
    now: () => 0,
  });
  return { broker, processes, states };
}

describe('the engine broker', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('gives each client one end of a channel of its own', () => {
    const { broker, processes } = makeBroker();
    broker.start();
    const ports: string[] = [];
    broker.connect((port) => ports.push(port));
    broker.connect((port) => ports.push(port));
    expect(ports).toEqual(['client end 1', 'client end 2']);
    expect(processes[0]!.received).toEqual([
      [{ type: 'connect' }, ['engine end 1']],
      [{ type: 'connect' }, ['engine end 2']],
    ]);
  });

  it('says what happened, restarts, and serves who asked meanwhile', () => {
    const { broker, processes, states } = makeBroker();
    broker.start();
    processes[0]!.emit('spawn');
    processes[0]!.emit('exit', 139);
    const ports: string[] = [];
    broker.connect((port) => ports.push(port));
    expect(ports).toEqual([]);
    vi.runAllTimers();
    expect(ports).toEqual(['client end 1']);
    processes[1]!.emit('spawn');
    expect(states.map((state) => state.type)).toEqual(['running', 'restarting', 'running']);
    expect(states[1]).toMatchObject({ attempt: 1, reason: expect.stringContaining('code 139') });
  });

  it('gives up after three restarts, until a person asks', () => {
    const { broker, processes, states } = makeBroker();
    broker.start();
    for (let crash = 0; crash < 4; crash++) {
      processes.at(-1)!.emit('spawn');
      processes.at(-1)!.emit('exit', 1);
      vi.runAllTimers();
    }
    expect(processes).toHaveLength(4);
    expect(states.at(-1)).toMatchObject({ type: 'gone', reason: expect.stringContaining('code 1') });
    broker.restart();
    expect(processes).toHaveLength(5);
    processes[4]!.emit('exit', 1);
    expect(states.at(-1)?.type).toBe('restarting');
  });

  it('repeats what the engine itself says of its failure, and does not try in vain', () => {
    const { broker, processes, states } = makeBroker();
    broker.start();
    processes[0]!.emit('failed', 'Another program has the library open.');
    processes[0]!.emit('exit', 1);
    vi.runAllTimers();
    expect(processes).toHaveLength(1);
    expect(states).toEqual([{ type: 'gone', reason: 'Another program has the library open.' }]);
  });

  it('takes neither its own stop nor a wanted restart for a crash', () => {
    const { broker, processes, states } = makeBroker();
    broker.start();
    broker.restart();
    expect(processes.map(({ killed }) => killed)).toEqual([true, false]);
    broker.stop();
    vi.runAllTimers();
    expect(processes).toHaveLength(2);
    expect(states.map((state) => state.type)).toEqual(['starting']);
  });
});

describe("the main process's own line to the engine", () => {
  it('follows the events over a port, applies pauses, and ends with the port', async () => {
    const { port1: engineEnd, port2: clientEnd } = new MessageChannel();
    const paused: string[] = [];
    serveFakeEngine(engineEnd, paused);
    const events: EngineEvent[] = [];
    const problems: unknown[] = [];
    const observer = new EngineObserver({
      onEvent: (event) => {
        events.push(event);
        void observer.apply({ pause: ['a', 'gone'], resume: [] }, 'battery').then(() => engineEnd.close());
      },
      onProblem: (problem) => problems.push(problem),
    });
    await observer.follow(clientEnd);
    expect(events).toEqual([{ type: 'library-removed', name: 'old' }]);
    expect(paused).toEqual(['a', 'gone']);
    expect(problems.map(String).join()).toContain('No such job');
    await observer.apply({ pause: ['a'], resume: [] }, 'battery');
    expect(paused).toHaveLength(2);
  });
});

function serveFakeEngine(port: MessagePort, paused: string[]): void {
  const engine = implement(contract);
  const router = {
    engine: {
      events: engine.engine.events.handler(async function* () {
        yield { type: 'library-removed' as const, name: 'old' };
        await new Promise(() => {});
      }),
    },
    jobs: {
      pause: engine.jobs.pause.handler(({ input, errors }) => {
        paused.push(input.jobId);
        if (input.jobId === 'gone') {
          throw errors.APP_ERROR({ message: 'No such job', data: { code: 'not-found' } });
        }
        return {
          id: input.jobId,
          kind: 'index' as const,
          library: 'default',
          title: 'Index',
          state: 'paused' as const,
          startedBy: 'person' as const,
          pausedBy: 'battery' as const,
          progress: { phase: 'indexing' as const, done: 1, total: 2, unit: 'files', etaSeconds: null },
          failure: null,
          result: null,
          createdAt: 0,
          startedAt: 0,
          endedAt: null,
        };
      }),
    },
  };
  new RPCHandler(router).upgrade(port);
  port.start();
}
