/** Which device of the opened libraries a setting means; encoders and training follow the same rule. */
import { AppError } from '../../common/app-error.ts';
import type { NativeDevice, NativeRuntime } from '../../native/native-runtime.ts';

/** `auto` takes the first GPU of the loaded libraries, else the CPU. Throws `not-supported` where there is no such device. */
export function chooseDevice(runtime: NativeRuntime, wanted: string): NativeDevice {
  const device =
    wanted === 'auto' ? (runtime.findDevice('gpu') ?? runtime.findDevice('cpu')) : runtime.findDevice(wanted);
  if (device !== undefined) return device;
  const present = runtime.devices().map(({ name }) => name);
  throw new AppError('not-supported', `There is no device ${wanted} here, only ${present.join(', ')}.`);
}
