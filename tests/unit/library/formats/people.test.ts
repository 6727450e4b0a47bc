/** Calendars and contacts: what is kept and left out, and what a file of one entry says about itself. */
import { describe, expect, it } from 'vitest';
import { formatSamples } from '../../../support/format-samples.ts';
import { readDocument } from '../../../support/read-document.ts';

describe('a calendar', () => {
  it('of one event has that event’s people and time, and leaves alarms and zones out', async () => {
    const { text, facts } = await readDocument('a.ics', formatSamples.calendar.bytes());
    expect(text).not.toMatch(/this/);
    expect(facts).toEqual({
      title: 'Dinner with the neighbours, again',
      authors: [],
      from: 'Ames, Ann <ann@x.example>',
      to: 'Bert <bert@x.example>',
      date: Date.UTC(2024, 4, 17, 19, 30),
      tags: ['home', 'food'],
    });
  });

  it('of several entries is titled by its name, and keeps tasks', async () => {
    const entry = (summary: string) =>
      `BEGIN:VTODO\nSUMMARY:${summary}\nDUE;VALUE=DATE:20240518\nEND:VTODO\n`;
    const source = `BEGIN:VCALENDAR\nX-WR-CALNAME:Chores\n${entry('Sweep')}${entry('Mop')}END:VCALENDAR`;
    const document = await readDocument('a.ics', source);
    expect(document.title).toBe('Chores');
    expect(document.text).toBe('Sweep\n\nWhen: 2024-05-18\n\nMop\n\nWhen: 2024-05-18');
  });
});

describe('contacts', () => {
  it('keep no pictures, and are titled by the person only where there is one', async () => {
    const { text, facts } = await readDocument('a.vcf', formatSamples.contacts.bytes());
    expect(text).not.toContain('AAAA');
    expect(facts).toBeUndefined();
    const one = await readDocument('a.vcf', 'BEGIN:VCARD\nFN:Ann Ames\nCATEGORIES:friends,clay\nEND:VCARD');
    expect(one.facts).toEqual({ title: 'Ann Ames', authors: [], tags: ['friends', 'clay'] });
  });
});
