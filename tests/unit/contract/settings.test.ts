/** A change of settings names what it changes and nothing else. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { settingsChangeSchema, settingsSchema } from '../../../src-main/contract/settings.ts';
import { settingNames, settingsTable } from '../../../src-main/contract/tables/settings-table.ts';

it('leaves out of a change what the caller left out', () => {
  expect(settingsChangeSchema.parse({ onboarded: true })).toEqual({ onboarded: true });
});

it('knows the same settings as the settings themselves', () => {
  expect(Object.keys(settingsChangeSchema.shape)).toEqual(Object.keys(settingsSchema.shape));
});

it('gives every setting its default, and refuses what the table does not allow', () => {
  const defaults = Object.fromEntries(settingNames.map((name) => [name, settingsTable[name].default]));
  expect(settingsSchema.parse({})).toEqual(defaults);
  const wrong = { theme: 'pink', threads: 1.5, maxFileMegabytes: 0, watchFolders: 'yes', device: 7 };
  for (const [name, value] of Object.entries(wrong))
    expect(settingsChangeSchema.safeParse({ [name]: value }).success, name).toBe(false);
});

/** Who reads the setting, and so makes it act: a setting that nobody reads does nothing. */
it('has somebody who reads each setting', () => {
  const files = globSync('{src-main,src-renderer}/**/*.{ts,svelte}')
    .filter((path) => !/contract\/settings|strings\//.test(path.replaceAll('\\', '/')))
    .map((path) => readFileSync(path, 'utf8'));
  const unread = settingNames.filter((name) => !files.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
  expect(unread).toEqual([]);
});
