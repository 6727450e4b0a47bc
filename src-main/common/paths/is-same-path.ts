import { pathBelow } from './path-below.ts';

/** Whether both are one place, as the system compares paths. It looks at the spelling alone, so links are two places. Both absolute. */
export const isSamePath = (
  one: string,
  other: string,
  platform: NodeJS.Platform = process.platform,
): boolean => pathBelow(one, other, platform) === '';
