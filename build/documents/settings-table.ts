/** The table of docs/guide/settings.md, from the table of settings. */
import { type SettingFacts, settingFacts, shownSettings } from '../../src-main/contract/tables/settings-table.ts';

export function settingsRows(): string {
  const rows = shownSettings.map((name) => {
    const facts = settingFacts(name);
    return `| ${facts.label} | ${defaultOf(facts)} | ${remarksOn(facts)} |`;
  });
  return ['| setting | default | |', '| --- | --- | --- |', ...rows].join('\n');
}

function defaultOf(facts: SettingFacts): string {
  switch (facts.type) {
    case 'switch':
      return facts.default ? 'on' : 'off';
    case 'choice':
      return facts.options[facts.default] ?? facts.default;
    case 'number':
      return String(facts.default);
    case 'text':
      return facts.default === '' ? 'empty' : `\`${facts.default}\``;
  }
}

function remarksOn(facts: SettingFacts): string {
  const remarks = [
    facts.type === 'choice' ? `${Object.values(facts.options).join(', ')}.` : '',
    facts.hint ?? '',
    facts.applies === 'after-restart' ? 'After a restart.' : '',
    facts.group === 'desktop' ? 'Desktop app only.' : '',
  ];
  return remarks.filter((remark) => remark !== '').join(' ');
}
