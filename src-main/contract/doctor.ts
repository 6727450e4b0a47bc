/** What an examination of the libraries found, and whether it was repaired. */
import { z } from 'zod';

export const findingSchema = z.object({
  /** Null for what concerns the whole program. */
  library: z.string().nullable(),
  check: z.enum([
    'settings',
    'device',
    'manifest',
    'names',
    'index',
    'passages',
    'vectors',
    'texts',
    'encoder',
    'models',
    'adapters',
    'folders',
  ]),
  /** What is wrong, and what to do about it where nothing was done, in words for a person. */
  message: z.string(),
  /** `person` where only a person can mend it, `possible` where a repair would, `done` where one did. */
  repair: z.enum(['person', 'possible', 'done']),
});
export type Finding = z.infer<typeof findingSchema>;

export const examinationSchema = z.object({
  /** How many checks were made of how many libraries. */
  checks: z.number(),
  libraries: z.number(),
  findings: z.array(findingSchema),
});
export type Examination = z.infer<typeof examinationSchema>;
