/** A lease that a test can wait for. */
import type { EngineOptions } from '../../../src-main/engine/engine.ts';

export const leaseFor: Partial<EngineOptions> = {
  sharingTimes: {
    refreshMs: 0,
    publishMs: 20,
    openingMs: 15_000,
    lease: { durationMs: 4000, graceMs: 500, settleMs: 20 },
  },
};
