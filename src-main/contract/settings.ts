/** What a person may set. Every field has a default, so an older or damaged settings file never stops the product. */
import { z } from 'zod';

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.string().default('en'),
  /** CPU threads the encoder and the trainer may use; 0 means as many as the machine has performance cores for. */
  threads: z.number().int().min(0).default(0),
  device: z.string().default('auto'),
  pauseOnBattery: z.boolean().default(true),
  watchFolders: z.boolean().default(true),
  maxFileMegabytes: z.number().positive().default(200),
  fileTimeoutSeconds: z.number().positive().default(60),
  quickSearchShortcut: z.string().default('CommandOrControl+Shift+Space'),
  startAtLogin: z.boolean().default(false),
  onboarded: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;
