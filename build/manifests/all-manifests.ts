/** Every manifest of a release, each under the folder of its package manager. It writes nothing. */
import { appIdentity } from '../../src-main/desktop/app-identity.ts';
import { aurPackage } from './aur.ts';
import { appStreamMetadata, flatpakManifest } from './flatpak.ts';
import { homebrewCask } from './homebrew.ts';
import type { Release } from './release.ts';
import { wingetManifests } from './winget.ts';

/** `leftOut` says why, one sentence for each package manager whose installer the release lacks. */
export function allManifests(release: Release): { files: Record<string, string>; leftOut: string[] } {
  const makers: Record<string, () => Record<string, string>> = {
    winget: () => wingetManifests(release),
    homebrew: () => ({ 'llara.rb': homebrewCask(release) }),
    aur: () => ({ PKGBUILD: aurPackage(release) }),
    flatpak: () => ({
      [`${appIdentity.appId}.yml`]: flatpakManifest(release),
      [`${appIdentity.appId}.metainfo.xml`]: appStreamMetadata(release),
    }),
  };
  const files: Record<string, string> = {};
  const leftOut: string[] = [];
  for (const [folder, make] of Object.entries(makers)) {
    try {
      for (const [name, content] of Object.entries(make())) files[`${folder}/${name}`] = content;
    } catch (error) {
      leftOut.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { files, leftOut };
}
