import { describe, expect, it, vi } from 'vitest';
import { applicationMenu, type MenuActions } from '../../../src-main/desktop/application-menu.ts';

describe('the native menu', () => {
  const actions = (): MenuActions => ({
    navigate: vi.fn(),
    addFolder: vi.fn(),
    quickSearch: vi.fn(),
    checkForUpdate: vi.fn(),
    showLicences: vi.fn(),
    quit: vi.fn(),
  });
  type Item = Electron.MenuItemConstructorOptions;
  const flat = (items: Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);

  it.each([
    [true, false],
    [false, false],
  ])('has no way into developer tools when packaged (mac: %s)', (mac, devTools) => {
    const roles = flat(applicationMenu(actions(), { mac, devTools })).map((item) => item.role);
    expect(roles).not.toContain('toggleDevTools');
    expect(roles).not.toContain('reload');
    expect(roles).toContain('editMenu');
  });

  it.each([true, false])('reaches every screen, with keys for the common ones (mac: %s)', (mac) => {
    const does = actions();
    const items = flat(applicationMenu(does, { mac, devTools: true }));
    for (const item of items) (item.click as (() => void) | undefined)?.();
    expect(vi.mocked(does.navigate).mock.calls.flat().sort()).toEqual([
      '#/adapt',
      '#/library',
      '#/models',
      '#/search',
      '#/settings',
    ]);
    for (const name of ['addFolder', 'quickSearch', 'checkForUpdate', 'showLicences', 'quit'] as const) {
      expect(does[name]).toHaveBeenCalledOnce();
    }
    const keys = items.map((item) => item.accelerator).filter(Boolean);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(['File', 'Edit', 'Go', 'View', 'Window', 'Help'])('opens %s by a letter of its own', (name) => {
    const labels = applicationMenu(actions(), { mac: false, devTools: false }).map((item) => item.label);
    expect(labels).toContain(`&${name}`);
  });

  it('gives no letter twice among the entries of one menu', () => {
    const menus = [applicationMenu(actions(), { mac: false, devTools: true })];
    for (const menu of menus) {
      const letters = menu.flatMap(({ label }) => /&(.)/.exec(label ?? '')?.[1]?.toLowerCase() ?? []);
      expect(new Set(letters).size, letters.join(' ')).toBe(letters.length);
      menus.push(...menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? [submenu] : [])));
    }
    expect(menus.length).toBeGreaterThan(4);
  });

  it('marks no letters on macOS', () => {
    const labels = flat(applicationMenu(actions(), { mac: true, devTools: true })).map(({ label }) => label);
    expect(labels.join('')).not.toContain('&');
    expect(labels).toContain('Settings…');
  });

  it.each([
    ['zoomIn', 'CommandOrControl+='],
    ['zoomIn', 'CommandOrControl+numadd'],
    ['zoomOut', 'CommandOrControl+numsub'],
    ['resetZoom', 'CommandOrControl+num0'],
  ])('answers %s to %s as well, without an entry of its own', (role, accelerator) => {
    const items = flat(applicationMenu(actions(), { mac: false, devTools: false }));
    expect(items.find((item) => item.accelerator === accelerator)).toMatchObject({ role, visible: false });
    expect(items.some((item) => item.role === role && item.visible !== false)).toBe(true);
  });
});
