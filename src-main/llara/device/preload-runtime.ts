/**
 * Opens the GPU build of the native libraries at the start of a process where the device setting asks for one: whoever needs the
 * libraries first would otherwise open the CPU build, and a process can open only one.
 */
import { NativeRuntime } from '../../native/native-runtime.ts';
import { type ChooseVariantOptions, chooseVariant } from './choose-variant.ts';

/**
 * Does nothing for the CPU, whose build is opened when it is needed. Libraries that cannot be opened are not an error here: creating
 * an encoder says so, and search by words goes on.
 */
export async function preloadRuntime(device: string, options: ChooseVariantOptions): Promise<void> {
  try {
    const variant = await chooseVariant(device, options);
    if (variant !== 'cpu') await NativeRuntime.create({ variant, packs: options.packs });
  } catch {
    // Reported by the first call that needs the libraries, with the same message.
  }
}
