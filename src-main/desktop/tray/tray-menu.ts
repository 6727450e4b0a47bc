/** The tray's menu as a template; Electron draws it. */
import type { MenuItemConstructorOptions } from 'electron';
import { appIdentity } from '../app-identity.ts';
import type { BatteryActions } from '../engine/battery-pause.ts';
import type { TrayState } from './tray-state.ts';

export interface TrayActions {
  show(): void;
  quickSearch(): void;
  apply(actions: BatteryActions): void;
  quit(): void;
}

export function trayMenu(state: TrayState, actions: TrayActions): MenuItemConstructorOptions[] {
  const work: MenuItemConstructorOptions[] = [];
  if (state.pausable.length > 0) {
    work.push({ label: 'Pause', click: () => actions.apply({ pause: state.pausable, resume: [] }) });
  }
  if (state.resumable.length > 0) {
    work.push({ label: 'Resume', click: () => actions.apply({ pause: [], resume: state.resumable }) });
  }
  return [
    { label: state.sentence, enabled: false },
    ...work,
    { type: 'separator' },
    { label: `Open ${appIdentity.name}`, click: () => actions.show() },
    { label: 'Quick Search', click: () => actions.quickSearch() },
    { type: 'separator' },
    { label: 'Quit', click: () => actions.quit() },
  ];
}
