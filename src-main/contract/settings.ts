/** What a person may set. Every field has a default, so an older or damaged settings file never stops the product. */
import { z } from 'zod';

const fields = {
  theme: z.enum(['system', 'light', 'dark']),
  language: z.string(),
  /** CPU threads the encoder and the trainer may use; 0 means as many as the machine has performance cores for. */
  threads: z.number().int().min(0),
  device: z.string(),
  pauseOnBattery: z.boolean(),
  watchFolders: z.boolean(),
  maxFileMegabytes: z.number().positive(),
  fileTimeoutSeconds: z.number().positive(),
  quickSearchShortcut: z.string(),
  startAtLogin: z.boolean(),
  onboarded: z.boolean(),
};

export const settingsSchema = z.object({
  theme: fields.theme.default('system'),
  language: fields.language.default('en'),
  threads: fields.threads.default(0),
  device: fields.device.default('auto'),
  pauseOnBattery: fields.pauseOnBattery.default(true),
  watchFolders: fields.watchFolders.default(true),
  maxFileMegabytes: fields.maxFileMegabytes.default(200),
  fileTimeoutSeconds: fields.fileTimeoutSeconds.default(60),
  quickSearchShortcut: fields.quickSearchShortcut.default('CommandOrControl+Shift+Space'),
  startAtLogin: fields.startAtLogin.default(false),
  onboarded: fields.onboarded.default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What a caller changes. It has no defaults: those would put every setting back that a change does not name. */
export const settingsChangeSchema = z.object(fields).partial();
