/**
 * The GPU of these tests: the backend that LLARA_TEST_DEVICE names (`vulkan`, `cuda`, `metal`), or else Mesa's software Vulkan device, where it is
 * installed (Debian's mesa-vulkan-drivers). Version 22.3 of that driver binds what is left in unused slots of a descriptor set, buffers that were
 * freed included, and then corrupts its heap: so each test file is a process of its own, and frees device memory only when its computing is done.
 */
import { existsSync, readdirSync } from 'node:fs';
import { variantOf } from '../../src-main/llara/device/choose-variant.ts';

const driverFolder = '/usr/share/vulkan/icd.d';

function deviceName(): string {
  if (process.env.LLARA_TEST_DEVICE) return process.env.LLARA_TEST_DEVICE;
  const drivers = existsSync(driverFolder) ? readdirSync(driverFolder) : [];
  if (!drivers.some((name) => name.startsWith('lvp_icd'))) return '';
  // ggml passes over a device that is a CPU unless it is told to take it.
  process.env.GGML_VK_VISIBLE_DEVICES ??= '0';
  // Shaders run once: to make them quick takes longer than to run them slow.
  process.env.GALLIVM_PERF ??= 'nopt';
  return 'vulkan';
}

export const testDevice = deviceName();
export const testVariant = variantOf(testDevice) ?? undefined;

export function skipReason(): boolean {
  if (testVariant !== undefined) return false;
  console.warn(
    `SKIPPED: tests of a GPU. LLARA_TEST_DEVICE names no backend, and there is no software device in ${driverFolder}.`,
  );
  return true;
}
