/** A change of settings names what it changes and nothing else. */
import { expect, it } from 'vitest';
import { settingsChangeSchema, settingsSchema } from '../../../src-main/contract/settings.ts';

it('leaves out of a change what the caller left out', () => {
  expect(settingsChangeSchema.parse({ onboarded: true })).toEqual({ onboarded: true });
});

it('knows the same settings as the settings themselves', () => {
  expect(Object.keys(settingsChangeSchema.shape)).toEqual(Object.keys(settingsSchema.shape));
});
