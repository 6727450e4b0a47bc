/**
 * Lists the devices that could compute vectors, each tried in a process of its own: a known input is embedded and compared with the
 * CPU's result. A device that crashes, hangs or disagrees is listed as unusable, with the reason.
 */
import { availableParallelism } from 'node:os';
import { entryPath } from '../../common/entry-path.ts';
import { runEntry } from '../../common/run-entry.ts';
import type { Device } from '../../contract/models.ts';
import { installedVariants, isInstalledAlong, type NativeVariant } from '../../native/library-location.ts';
import type { DeviceProbe, ProbeRequest } from './device-probe.ts';
import { nvidiaDriver } from './nvidia-driver.ts';

export type ProbeOptions = {
  /** Model to measure with; a random one of the default encoder's shape where absent. */
  modelPath?: string;
  threads?: number;
  timeoutMs?: number;
  /** Builds to try; all that are installed where absent. */
  variants?: readonly NativeVariant[];
  /** Folder of builds that a person has fetched. */
  packs?: string;
};

/** A device must reproduce the CPU's vectors at least this well (cosine). */
const requiredAgreement = 0.999;

/** `wanted` is the device setting: `auto`, a backend or a device name; it decides which device is marked active. */
export async function probeDevices(
  wanted: string,
  options: ProbeOptions = {},
  signal?: AbortSignal,
): Promise<Device[]> {
  const devices: Device[] = [];
  // One after the other: two probes at once would measure each other.
  for (const variant of options.variants ?? installedVariants(options.packs).reverse()) {
    for (const device of await probeInChild(variant, options, signal)) {
      const isRepeated = device.backend === 'cpu' && devices.some(({ backend }) => backend === 'cpu');
      if (!isRepeated) devices.push(device);
    }
  }
  const active = chooseActive(devices, wanted);
  return devices.map((device) => ({ ...device, active: device === active }));
}

async function probeInChild(
  variant: NativeVariant,
  options: ProbeOptions,
  signal: AbortSignal | undefined,
): Promise<Device[]> {
  const request: ProbeRequest = {
    variant,
    modelPath: options.modelPath ?? null,
    threads: options.threads ?? availableParallelism(),
    packs: options.packs,
    // What nobody asked for, and what has no driver here, is no news.
    explain: variant !== 'cpu' && (!isInstalledAlong(variant) || nvidiaDriver() !== null),
  };
  const outcome = await runChild(request, options.timeoutMs ?? 60_000, signal);
  if ('probes' in outcome) return outcome.probes.map((probe) => toDevice(probe, variant));
  if (variant === 'cpu') return [];
  return [
    {
      name: variant,
      description: `llama.cpp's ${variant} libraries`,
      backend: variant,
      memoryBytes: null,
      usable: false,
      probe: outcome.problem,
      chunksPerSecond: null,
      active: false,
    },
  ];
}

function toDevice(probe: DeviceProbe, variant: NativeVariant): Device {
  const agreement = probe.agreement;
  const usable = agreement !== null && agreement >= requiredAgreement;
  const verdict =
    agreement === null
      ? (probe.problem ?? 'The device computed nothing.')
      : probe.kind === 'cpu'
        ? 'The reference that other devices are compared with.'
        : `Cosine with the CPU's vectors: ${agreement.toFixed(5)}${usable ? '' : ', too little'}.`;
  return {
    name: probe.name,
    description: probe.description,
    backend: probe.kind === 'cpu' ? 'cpu' : variant,
    memoryBytes: probe.memoryBytes,
    usable,
    probe: verdict,
    chunksPerSecond: probe.chunksPerSecond,
    active: false,
  };
}

function chooseActive(devices: readonly Device[], wanted: string): Device | undefined {
  const name = wanted.toLowerCase();
  const usable = devices.filter((device) => device.usable);
  const named = usable.find((device) => device.name.toLowerCase() === name || device.backend === name);
  const cpu = usable.find(({ backend }) => backend === 'cpu');
  const metal = name === 'auto' ? usable.find(({ backend }) => backend === 'metal') : undefined;
  return named ?? metal ?? cpu;
}

type ChildOutcome = { probes: DeviceProbe[] } | { problem: string };

async function runChild(
  request: ProbeRequest,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ChildOutcome> {
  const entry = entryPath(import.meta.url, './device-probe-child.ts');
  const { code, stdout, stderr, timedOut } = await runEntry(
    entry,
    JSON.stringify(request),
    { timeoutMs },
    signal,
  );
  if (timedOut) return { problem: `No answer within ${timeoutMs / 1000} s.` };
  if (code === 0) return parseProbes(stdout);
  const last = stderr
    .trim()
    .split('\n')
    .findLast((line) => /Error|error|failed/.test(line));
  return { problem: last?.trim() ?? `The trial process ended with ${code ?? 'a signal'}.` };
}

function parseProbes(output: string): ChildOutcome {
  try {
    return { probes: JSON.parse(output.trim().split('\n').at(-1) ?? '') as DeviceProbe[] };
  } catch {
    // A driver that writes to stdout can spoil the line; the device is then simply not used.
    return { problem: 'The trial process gave no readable answer.' };
  }
}
