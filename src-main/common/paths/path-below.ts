/**
 * Whether one folder holds another, as the system compares paths: Windows and macOS take capital and small letters as the
 * same, and macOS takes composed and decomposed letters as the same. It looks at the spelling alone, never at the disk.
 */
import { posix, win32 } from 'node:path';

/** The part of `inner` below `outer` with `/` between names: '' for the same folder, null where `outer` does not hold it. Both absolute. */
export const pathBelow = (
  outer: string,
  inner: string,
  platform: NodeJS.Platform = process.platform,
): string | null => {
  const path = platform === 'win32' ? win32 : posix;
  const outerNames = namesOf(outer, path);
  const innerNames = namesOf(inner, path);
  const isHeld = outerNames.every(
    (name, index) => index < innerNames.length && key(name, platform) === key(innerNames[index]!, platform),
  );
  return isHeld ? innerNames.slice(outerNames.length).join('/') : null;
};

/** The root first, such as `C:\` or `\\server\share\`, then each name. */
const namesOf = (path: string, { parse, normalize, sep }: typeof posix): string[] => {
  const whole = normalize(path);
  const { root } = parse(whole);
  return [root, ...whole.slice(root.length).split(sep)].filter((name, index) => index === 0 || name !== '');
};

const key = (name: string, platform: NodeJS.Platform): string => {
  if (platform === 'win32') return name.toLowerCase();
  return platform === 'darwin' ? name.normalize('NFC').toLowerCase() : name;
};
