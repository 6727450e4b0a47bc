/** Small files of what people keep about each other and their days. */
import { strToU8 } from 'fflate';
import type { FormatSample } from './format-sample.ts';

const test = 'tests/unit/library/formats/people.test.ts';

export const peopleSamples = {
  calendar: {
    fileName: 'dinner.ics',
    bytes: () =>
      strToU8(
        [
          'BEGIN:VCALENDAR',
          'X-WR-CALNAME:Home',
          'BEGIN:VTIMEZONE',
          'COMMENT:not this',
          'END:VTIMEZONE',
          'BEGIN:VEVENT',
          'DTSTART;TZID=Europe/Berlin:20240517T193000',
          'DTEND;TZID=Europe/Berlin:20240517T220000',
          'SUMMARY:Dinner with the neighbours\\, again',
          'LOCATION:Ferry Lane 4\\, Ely',
          'ORGANIZER;CN="Ames, Ann":mailto:ann@x.example',
          'ATTENDEE;CN=Bert:mailto:bert@x.example',
          'CATEGORIES:home,food',
          'DESCRIPTION:Bring the long table.\\nAnd a salad that is f',
          ' olded over two lines.',
          'BEGIN:VALARM',
          'DESCRIPTION:nor this',
          'END:VALARM',
          'END:VEVENT',
          'END:VCALENDAR',
        ].join('\r\n'),
      ),
    finds: [
      'When: 2024-05-17 19:30 Europe/Berlin – 2024-05-17 22:00 Europe/Berlin',
      'Where: Ferry Lane 4, Ely',
      'With: Bert <bert@x.example>',
      'And a salad that is folded over two lines.',
    ],
    headings: ['Dinner with the neighbours, again'],
    title: 'Dinner with the neighbours, again',
    test,
  },
  contacts: {
    fileName: 'people.vcf',
    bytes: () =>
      strToU8(
        [
          'BEGIN:VCARD',
          'VERSION:4.0',
          'FN:Ann Ames',
          'ORG:Ferry Pottery;Glazes',
          'item1.TEL;TYPE=cell:+49 30 1234',
          'ADR;TYPE=home:;;Ferry Lane 4;Ely;;CB7;England',
          'NOTE:Likes plum cake\\; not cheese.',
          'PHOTO:data:image/png;base64,AAAA',
          'END:VCARD',
          'BEGIN:VCARD',
          'VERSION:2.1',
          'N;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
          'NOTE;ENCODING=QUOTED-PRINTABLE:calls on Sun=',
          'days',
          'END:VCARD',
        ].join('\n'),
      ),
    finds: [
      'Organisation: Ferry Pottery, Glazes',
      'Telephone (cell): +49 30 1234',
      'Address (home): Ferry Lane 4, Ely, CB7, England',
      'Likes plum cake; not cheese.',
      'calls on Sundays',
    ],
    headings: ['Ann Ames', 'Jörg Müller'],
    title: 'Ann Ames',
    test,
  },
} satisfies Partial<Record<string, FormatSample>>;
