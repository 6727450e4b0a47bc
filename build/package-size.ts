/** The size budget of an installer, and its check: an artifact over it fails the packaging run. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';

export const maxInstallerBytes = 150_000_000;

/**
 * The app's own share of it, as far as it can be checked without an Electron distribution: native libraries, models and code, compressed
 * with zstd at level 9. Installers compress harder, to about nine tenths of that (measured once: level 19 made 77.9 MB of 87.0), so this stands
 * for some 83 MB in them. The rest is Electron's.
 */
export const maxPayloadBytes = 92_000_000;

/** Throws, naming each artifact over the budget with its size. Block maps and update files are no installers. */
export function checkArtifactSizes(paths: readonly string[]): void {
  const tooLarge = paths
    .filter((path) => /\.(dmg|zip|exe|AppImage|deb)$/.test(path))
    .map((path) => ({ path, bytes: statSync(path).size }))
    .filter(({ bytes }) => bytes > maxInstallerBytes)
    .map(({ path, bytes }) => `${basename(path)} has ${(bytes / 1e6).toFixed(1)} MB`);
  if (tooLarge.length > 0) {
    throw new Error(`Over the budget of ${maxInstallerBytes / 1e6} MB: ${tooLarge.join(', ')}.`);
  }
}
