/** The native menu as a template; it calls the shell's actions and holds no behaviour of its own. */
import type { MenuItemConstructorOptions } from 'electron';
import { appIdentity } from './app-identity.ts';

export interface MenuActions {
  navigate(hash: string): void;
  addFolder(): void;
  quickSearch(): void;
  checkForUpdate(): void;
  showLicences(): void;
  quit(): void;
}

export interface MenuSituation {
  mac: boolean;
  devTools: boolean;
}

export function applicationMenu(actions: MenuActions, { mac, devTools }: MenuSituation) {
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    click: () => actions.navigate('#/settings'),
  };
  const update: MenuItemConstructorOptions = {
    label: 'Check for Updates…',
    click: () => actions.checkForUpdate(),
  };
  const quit: MenuItemConstructorOptions = {
    label: mac ? `Quit ${appIdentity.name}` : 'Quit',
    accelerator: 'CommandOrControl+Q',
    click: () => actions.quit(),
  };
  const template: MenuItemConstructorOptions[] = [
    {
      label: 'File',
      submenu: [
        { label: 'Add Folder…', accelerator: 'CommandOrControl+O', click: () => actions.addFolder() },
        ...(mac ? [] : ([{ type: 'separator' }, settings, { type: 'separator' }, quit] as const)),
        ...(mac ? ([{ type: 'separator' }, { role: 'close' }] as const) : []),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'Go',
      submenu: [
        { label: 'Search', accelerator: 'CommandOrControl+K', click: () => actions.navigate('#/search') },
        { label: 'Quick Search', click: () => actions.quickSearch() },
        { type: 'separator' },
        { label: 'Library', click: () => actions.navigate('#/library') },
        { label: 'Adaptation', click: () => actions.navigate('#/adapt') },
        { label: 'Models', click: () => actions.navigate('#/models') },
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(devTools
          ? ([{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }] as const)
          : []),
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Licences', click: () => actions.showLicences() },
        ...(mac ? [] : [{ type: 'separator' } as const, update]),
      ],
    },
  ];
  if (!mac) return template;
  const own: MenuItemConstructorOptions = {
    label: appIdentity.name,
    submenu: [
      { role: 'about' },
      update,
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quit,
    ],
  };
  return [own, ...template];
}
