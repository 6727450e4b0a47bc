/** Draws the tray: an icon per state, one sentence, and the few entries one wants without a window. */
import { join } from 'node:path';
import { nativeImage } from 'electron/common';
import { Menu, Tray } from 'electron/main';
import { appIdentity } from '../app-identity.ts';
import { type TrayActions, trayMenu } from './tray-menu.ts';
import type { TrayIcon, TrayState } from './tray-state.ts';

export class ShellTray {
  readonly #tray: Tray;
  readonly #iconFolder: string;
  readonly #actions: TrayActions;
  #icon: TrayIcon = 'idle';
  #drawn = '';

  constructor(iconFolder: string, actions: TrayActions) {
    this.#iconFolder = iconFolder;
    this.#actions = actions;
    this.#tray = new Tray(this.#image('idle'));
    this.#tray.on('click', () => actions.show());
  }

  /** Progress arrives many times a second; a native menu is rebuilt only when something in it changes. */
  update(state: TrayState): void {
    const drawn = JSON.stringify(state);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    if (state.icon !== this.#icon) this.#tray.setImage(this.#image(state.icon));
    this.#icon = state.icon;
    this.#tray.setToolTip(`${appIdentity.name}: ${state.sentence}`);
    this.#tray.setContextMenu(Menu.buildFromTemplate(trayMenu(state, this.#actions)));
  }

  dispose(): void {
    this.#tray.destroy();
  }

  /** macOS recolours template images itself. */
  #image(icon: TrayIcon) {
    const mac = process.platform === 'darwin';
    const image = nativeImage.createFromPath(
      join(this.#iconFolder, mac ? `tray-${icon}-Template.png` : `tray-${icon}.png`),
    );
    if (mac) image.setTemplateImage(true);
    return image;
  }
}
