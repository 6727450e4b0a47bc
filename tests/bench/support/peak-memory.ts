/** The most memory that this process has held so far, in MB. What `resourceUsage` says counts what its parent held when it was started. */
import { readFileSync } from 'node:fs';

export function peakMegabytes(): number {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1000);
  } catch {
    return Math.round(process.resourceUsage().maxRSS / 1000);
  }
}
