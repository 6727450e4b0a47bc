/** The devices a person can choose from: what was probed, and what is set although no probe has shown it. */
import type { Device } from '../../src-main/contract/models.ts';
import { strings } from '../strings.ts';

export interface DeviceChoice {
  /** What the setting takes: `auto`, a backend, or a device's name where a backend has several. */
  readonly value: string;
  readonly label: string;
  readonly disabled: boolean;
}

/** `devices` is null before the probe; then only what needs none is offered. */
export function deviceChoices(devices: readonly Device[] | null, current: string): DeviceChoice[] {
  const probed = (devices ?? []).map((device) => ({
    value: settingOf(device, devices ?? []),
    label: strings.settings.deviceChoice(
      device.description || device.name,
      device.backend.toUpperCase(),
      device.usable,
      device.chunksPerSecond,
    ),
    disabled: !device.usable,
  }));
  const choices = [{ value: 'auto', label: strings.settings.deviceAuto, disabled: false }, ...probed];
  if (!choices.some(({ value }) => value === 'cpu')) {
    choices.push({ value: 'cpu', label: strings.settings.deviceCpu, disabled: false });
  }
  if (!choices.some(({ value }) => value === current)) {
    choices.push({ value: current, label: strings.settings.deviceUnknown(current), disabled: false });
  }
  return choices;
}

function settingOf(device: Device, devices: readonly Device[]): string {
  const isOnly = devices.filter(({ backend }) => backend === device.backend).length === 1;
  return isOnly || device.backend === 'cpu' ? device.backend : device.name;
}
