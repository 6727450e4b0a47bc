/** Reads calendars (iCalendar, RFC 5545): events, tasks and journal entries, each under its summary. Alarms and time zones are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { type ContentLine, contentLines } from './content-lines.ts';

export const readCalendar: Reader = async ({ bytes, fileName }) => {
  const { name, entries } = entriesOf(contentLines(decodeText(bytes)));
  const builder = new DocumentBuilder();
  for (const entry of entries) addEntry(builder, entry);
  return builder.finish({
    kind: 'calendar',
    facts: entries.length === 1 ? factsOf(entries[0]!) : { title: name },
    fileName,
    emptyReason: 'The calendar holds no entries.',
  });
};

type Entry = ContentLine[];

const entriesOf = (lines: readonly ContentLine[]): { name: string | undefined; entries: Entry[] } => {
  const entries: Entry[] = [];
  const open: string[] = [];
  let name: string | undefined;
  for (const line of lines) {
    if (line.name === 'BEGIN') {
      open.push(line.value.toUpperCase());
      if (isEntry(open.at(-1))) entries.push([]);
    } else if (line.name === 'END') open.pop();
    else if (isEntry(open.at(-1))) entries.at(-1)?.push(line);
    else if (line.name === 'X-WR-CALNAME') name = line.value;
  }
  return { name, entries };
};

const isEntry = (component: string | undefined): boolean => /^V(?:EVENT|TODO|JOURNAL)$/.test(component ?? '');

const addEntry = (builder: DocumentBuilder, entry: Entry): void => {
  const values = (name: string) => entry.filter((line) => line.name === name);
  const first = (name: string) => values(name)[0];
  builder.startHeading(1);
  builder.addText(first('SUMMARY')?.value ?? 'Entry without a summary');
  builder.endHeading();
  const start = shownTime(first('DTSTART'));
  const end = shownTime(first('DTEND') ?? first('DUE'));
  const lines: [string, string | undefined][] = [
    ['When', [start, end].filter((time) => time !== '').join(' – ')],
    ['Where', first('LOCATION')?.value],
    ['From', first('ORGANIZER') && person(first('ORGANIZER')!)],
    ['With', values('ATTENDEE').map(person).join(', ')],
    ['Repeats', first('RRULE')?.value.replace(/;/g, ', ').toLowerCase()],
    [
      'Categories',
      values('CATEGORIES')
        .map(({ value }) => value)
        .join(', '),
    ],
    ['Link', first('URL')?.value],
  ];
  for (const [label, value] of lines) {
    if (!value) continue;
    builder.addText(`${label}: ${value}`);
    builder.breakLine();
  }
  const description = first('DESCRIPTION')?.value ?? '';
  builder.breakParagraph();
  builder.addVerbatim(description.replace(/\n{3,}/g, '\n\n'));
  builder.breakParagraph();
};

const factsOf = (entry: Entry): StatedFacts => {
  const first = (name: string) => entry.find((line) => line.name === name);
  return {
    title: first('SUMMARY')?.value,
    from: first('ORGANIZER') && person(first('ORGANIZER')!),
    to: entry
      .filter(({ name }) => name === 'ATTENDEE')
      .map(person)
      .join(', '),
    date: timeOf(first('DTSTART')?.value),
    tags: listedValues(first('CATEGORIES')?.value),
  };
};

const person = ({ parameters, value }: ContentLine): string => {
  const address = value.replace(/^mailto:/i, '');
  const name = parameters.get('CN');
  return name && name !== address ? `${name} <${address}>` : address;
};

const timePattern = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?/;

/** `20240517T093000` → `2024-05-17 09:30`, with the zone it is in. */
const shownTime = (line: ContentLine | undefined): string => {
  const match = timePattern.exec(line?.value ?? '');
  if (!match) return '';
  const [, year, month, day, hour, minute, , utc] = match;
  const date = `${year}-${month}-${day}`;
  const zone = utc ? ' UTC' : line!.parameters.has('TZID') ? ` ${line!.parameters.get('TZID')}` : '';
  return hour === undefined ? date : `${date} ${hour}:${minute}${zone}`;
};

/** A time in a zone of its own is taken as UTC: hours do not matter to a search by date. */
const timeOf = (value: string | undefined): number | undefined => {
  const match = timePattern.exec(value ?? '');
  if (!match) return undefined;
  const [year, month, day, hour = 0, minute = 0] = match
    .slice(1, 6)
    .map((digits) => (digits === undefined ? undefined : Number(digits)));
  return Date.UTC(year!, month! - 1, day, hour, minute);
};
