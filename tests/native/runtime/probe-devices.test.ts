/** A device that cannot be trusted is told so in words; the CPU is always there. */
import { describe, expect, it } from 'vitest';
import { probeDevices } from '../../../src-main/llara/device/probe-devices.ts';

describe('probing devices', () => {
  it('finds the CPU usable, measures it and marks it active', async () => {
    const devices = await probeDevices('cpu', { threads: 1, variants: ['cpu'] });
    expect(devices).toHaveLength(1);
    expect(devices[0]).toMatchObject({ backend: 'cpu', usable: true, active: true });
    expect(devices[0]!.chunksPerSecond).toBeGreaterThan(0);
  });

  it('lists a build that gives no answer in time as unusable', async () => {
    const devices = await probeDevices('auto', { threads: 1, variants: ['vulkan'], timeoutMs: 1 });
    expect(devices).toMatchObject([
      { backend: 'vulkan', usable: false, active: false, probe: expect.stringContaining('No answer') },
    ]);
  });

  it('lists a build that is not installed as unusable, with the reason', async () => {
    const absent = process.platform === 'darwin' ? 'cuda' : 'metal';
    const devices = await probeDevices('auto', { threads: 1, variants: [absent] });
    expect(devices).toMatchObject([
      { backend: absent, usable: false, probe: expect.stringContaining('is not installed') },
    ]);
  });

  it('ends on abort', async () => {
    const controller = new AbortController();
    const probing = probeDevices('auto', { variants: ['cpu'] }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(probing).rejects.toThrow('enough');
  });
});
