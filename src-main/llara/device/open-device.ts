/**
 * Opens what the device setting asks for at the start of a process: whoever needs the native libraries first would otherwise open the CPU's
 * build, and a process can open only one. A device that cannot be had is no reason to do without meaning: the best one that works
 * takes its place, with the reason for a person to read.
 */
import { NativeRuntime } from '../../native/native-runtime.ts';
import { chooseDevice } from './choose-device.ts';
import { type ChooseVariantOptions, chooseVariant } from './choose-variant.ts';

/** `device` is a device setting that works here, as far as is known before the first use. */
export type DeviceInUse = {
  wanted: string;
  device: string;
  /** Why it is not the one of the settings; null where it is. */
  problem: string | null;
};

export async function openDevice(wanted: string, options: ChooseVariantOptions): Promise<DeviceInUse> {
  const why = await open(wanted, options);
  // Without a GPU, `auto` means the processor. If even its libraries are missing, the first call that needs them says so.
  if (why === null || wanted === 'auto') return { wanted, device: wanted, problem: null };
  const device = (await worksByItself(options)) ? 'auto' : 'cpu';
  const instead = device === 'auto' ? 'the device that Llara chooses by itself' : 'the processor';
  return {
    wanted,
    device,
    problem: `The device “${wanted}” of the settings cannot be used, so ${instead} computes. ${why}`,
  };
}

/** Null, or why the device cannot be used. */
async function open(wanted: string, options: ChooseVariantOptions): Promise<string | null> {
  try {
    const variant = await chooseVariant(wanted, options);
    // The CPU's build is opened when it is needed: a search by words needs none.
    if (variant === 'cpu' && (wanted === 'auto' || wanted === 'cpu')) return null;
    const runtime = await NativeRuntime.create({ variant, packs: options.packs });
    chooseDevice(runtime, wanted);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the automatic choice is a GPU of the build that this process has opened, or can open. */
async function worksByItself(options: ChooseVariantOptions): Promise<boolean> {
  try {
    const variant = await chooseVariant('auto', options);
    if (variant === 'cpu') return false;
    const runtime = await NativeRuntime.create({ variant, packs: options.packs });
    return runtime.findDevice('gpu') !== undefined;
  } catch {
    return false;
  }
}
