/** Enters the app in the system's list of programs started at login, or takes it out, as the plan says. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { app } from 'electron/main';
import { type LoginItemSituation, planLoginItem } from './login-item.ts';

export function loginItemSituation(): LoginItemSituation {
  return {
    platform: process.platform,
    packaged: app.isPackaged,
    programPath: process.env.APPIMAGE ?? app.getPath('exe'),
    configFolder: process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'),
  };
}

export function applyLoginItem(wanted: boolean): void {
  const plan = planLoginItem(wanted, loginItemSituation());
  if (plan.type === 'system') {
    if (app.getLoginItemSettings({ args: plan.args }).openAtLogin !== plan.openAtLogin) {
      app.setLoginItemSettings({ openAtLogin: plan.openAtLogin, args: plan.args });
    }
  } else if (plan.type === 'file' && plan.content === null) {
    rmSync(plan.path, { force: true });
  } else if (plan.type === 'file' && plan.content !== null) {
    mkdirSync(dirname(plan.path), { recursive: true });
    writeFileSync(plan.path, plan.content);
  }
}
