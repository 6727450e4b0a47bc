/** Reads what the packaged app knows of updates: its version and the address it was built with. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron/main';
import type { UpdateSituation } from './update-check.ts';

export function updateSituation(): UpdateSituation {
  return {
    platform: process.platform,
    packaged: app.isPackaged,
    version: app.getVersion(),
    updateConfig: readUpdateConfig(),
  };
}

function readUpdateConfig(): string | null {
  try {
    return readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8');
  } catch {
    return null; // Built without an update address.
  }
}
