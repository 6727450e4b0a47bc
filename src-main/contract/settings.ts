/** What a person may set, as schemas. Every field has a default, so an older or damaged settings file never stops the product. */
import { z } from 'zod';
import {
  type SettingFacts,
  type SettingName,
  type Settings,
  settingFacts,
  settingNames,
} from './tables/settings-table.ts';

export type { Settings };

type FieldsOf = { [Name in SettingName]: z.ZodType<Settings[Name]> };

const fields = Object.fromEntries(
  settingNames.map((name) => [name, fieldOf(settingFacts(name))]),
) as unknown as FieldsOf;

export const settingsSchema = z.object(
  Object.fromEntries(
    settingNames.map((name) => {
      const facts = settingFacts(name);
      return [name, z._default(fieldOf(facts), facts.default)];
    }),
  ) as unknown as { [Name in SettingName]: z.ZodDefault<FieldsOf[Name]> },
);

/** What a caller changes. It has no defaults: those would put every setting back that a change does not name. An unknown one is refused. */
export const settingsChangeSchema = z.strictObject(fields).partial();

function fieldOf(facts: SettingFacts): z.ZodType {
  switch (facts.type) {
    case 'switch':
      return z.boolean();
    case 'number':
      return facts.whole ? z.number().int().min(facts.least) : z.number().min(facts.least);
    case 'choice':
      return z.enum(Object.keys(facts.options) as [string, ...string[]]);
    case 'text':
      return z.string();
  }
}
