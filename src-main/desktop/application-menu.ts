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

/** `&` marks the letter that opens an entry with Alt on Windows and Linux; macOS knows no such letters and is given none. */
export function applicationMenu(
  actions: MenuActions,
  situation: MenuSituation,
): MenuItemConstructorOptions[] {
  const { mac } = situation;
  const template = menus(actions, situation);
  return mac ? [ownMenu(actions), ...template].map(withoutLetters) : template;
}

function menus(actions: MenuActions, { mac, devTools }: MenuSituation): MenuItemConstructorOptions[] {
  return [
    {
      label: '&File',
      submenu: [
        { label: '&Add Folder…', accelerator: 'CommandOrControl+O', click: () => actions.addFolder() },
        ...(mac
          ? ([{ type: 'separator' }, { role: 'close' }] as const)
          : ([
              { type: 'separator' },
              settingsEntry(actions),
              { type: 'separator' },
              quitEntry(actions, '&Quit'),
            ] as const)),
      ],
    },
    { role: 'editMenu', label: '&Edit' },
    {
      label: '&Go',
      submenu: [
        { label: '&Search', accelerator: 'CommandOrControl+K', click: () => actions.navigate('#/search') },
        { label: '&Quick Search', click: () => actions.quickSearch() },
        { type: 'separator' },
        { label: '&Library', click: () => actions.navigate('#/library') },
        { label: '&Adaptation', click: () => actions.navigate('#/adapt') },
        { label: '&Models', click: () => actions.navigate('#/models') },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom', label: '&Actual Size' },
        { role: 'zoomIn', label: 'Zoom &In' },
        { role: 'zoomOut', label: 'Zoom &Out' },
        ...zoomByOtherKeys,
        { type: 'separator' },
        { role: 'togglefullscreen', label: 'Toggle &Full Screen' },
        ...(devTools
          ? ([
              { type: 'separator' },
              { role: 'reload', label: '&Reload' },
              { role: 'toggleDevTools', label: 'Toggle &Developer Tools' },
            ] as const)
          : []),
      ],
    },
    { role: 'windowMenu', label: '&Window' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        { label: '&Licences', click: () => actions.showLicences() },
        ...(mac ? [] : [{ type: 'separator' } as const, updateEntry(actions)]),
      ],
    },
  ];
}

/** The roles' own keys ask for Shift on most keyboards, where + and = share a key, and leave out the number pad. */
const zoomByOtherKeys: MenuItemConstructorOptions[] = (
  [
    ['zoomIn', '='],
    ['zoomIn', 'numadd'],
    ['zoomOut', 'numsub'],
    ['resetZoom', 'num0'],
  ] as const
).map(([role, key]) => ({
  role,
  accelerator: `CommandOrControl+${key}`,
  visible: false,
  acceleratorWorksWhenHidden: true,
}));

function ownMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    label: appIdentity.name,
    submenu: [
      { role: 'about' },
      updateEntry(actions),
      { type: 'separator' },
      settingsEntry(actions),
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quitEntry(actions, `Quit ${appIdentity.name}`),
    ],
  };
}

const settingsEntry = (actions: MenuActions): MenuItemConstructorOptions => ({
  label: '&Settings…',
  accelerator: 'CommandOrControl+,',
  click: () => actions.navigate('#/settings'),
});

const updateEntry = (actions: MenuActions): MenuItemConstructorOptions => ({
  label: '&Check for Updates…',
  click: () => actions.checkForUpdate(),
});

const quitEntry = (actions: MenuActions, label: string): MenuItemConstructorOptions => ({
  label,
  accelerator: 'CommandOrControl+Q',
  click: () => actions.quit(),
});

function withoutLetters(item: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    ...item,
    ...(item.label === undefined ? {} : { label: item.label.replace('&', '') }),
    ...(Array.isArray(item.submenu) ? { submenu: item.submenu.map(withoutLetters) } : {}),
  };
}
