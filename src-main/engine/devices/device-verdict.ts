/** Where the engine keeps whether the automatic choice may use a GPU, so that not every start has to try it. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

export const deviceVerdictPath = (home: string): string => join(home, 'device-probe.json');

/** The next start tries anew: a driver, its libraries or a pack may have come or gone meanwhile. */
export async function forgetDeviceVerdict(home: string): Promise<void> {
  await rm(deviceVerdictPath(home), { force: true });
}
