/** Devices that can compute, and the packs of libraries that a person can fetch for them. */
import { AppError } from '../../common/app-error.ts';
import { probeDevices } from '../../llara/device/probe-devices.ts';
import { forgetDeviceVerdict } from '../devices/device-verdict.ts';
import type { Engine } from '../engine.ts';
import { packDownloadRequest } from '../jobs/kinds/download-job.ts';
import { procedures } from './procedures.ts';

export function deviceHandlers(engine: Engine) {
  const { packs, settings } = engine;
  return {
    devices: {
      list: procedures.devices.list.handler(async () => {
        await forgetDeviceVerdict(engine.home);
        return await probeDevices(settings.get().device, { packs: packs.directory });
      }),
      packs: procedures.devices.packs.handler(async () => await packs.list()),
      install: procedures.devices.install.handler(async ({ input }) => {
        const listed = (await packs.list()).find(({ name }) => name === input.pack);
        if (listed?.state === 'along') {
          throw new AppError(
            'conflict',
            `npm has installed ${input.pack} along with Llara; nothing is fetched.`,
          );
        }
        return { jobId: engine.jobs.submit(packDownloadRequest(input.pack, packs)).id };
      }),
      remove: procedures.devices.remove.handler(async ({ input }) => {
        await packs.remove(input.pack);
        await forgetDeviceVerdict(engine.home);
        // A device that is no longer there would leave search with words alone.
        if (settings.get().device.toLowerCase().startsWith(input.pack)) settings.update({ device: 'auto' });
      }),
    },
  };
}
