/** Sheets, calendars, contacts and subtitles: answers that stand in a cell or a line of their own. */
import { fact, type Topic } from '../home-document.ts';

export const tables: Topic = {
  genre: 'home',
  documents: [
    {
      file: 'money/Household budget 2023.xlsx',
      date: '2023-12-31',
      sheets: [
        {
          name: 'Months',
          rows: [
            ['Month', 'Food', 'Energy', 'Remark'],
            ['January', 612.4, 118.2, 'heating until midnight'],
            ['May', 588.1, 61.0, fact('birthday dinner at Casamia', ['cell', 'birthday dinner casamia'])],
            [
              'September',
              640.9,
              70.5,
              fact('new school shoes for both', ['cell', 'month of the new school shoes']),
            ],
            ['December', 803.3, 121.7, 'guests for nine days'],
          ],
        },
        {
          name: 'Savings',
          rows: [
            ['Goal', 'Per month', 'Saved'],
            [fact('Kitchen floor in cork', ['cell', 'saving for cork floor']), 80, 960],
            ['Cello, full size', 45, 540],
          ],
        },
      ],
    },
    {
      file: 'money/Household budget 2022.xlsx',
      date: '2022-12-31',
      sheets: [
        {
          name: 'Months',
          rows: [
            ['Month', 'Food', 'Energy', 'Remark'],
            ['January', 540.2, 84.0, 'cold'],
            [
              'May',
              551.7,
              48.8,
              fact('tent and two mats from Decathlon', ['cell', 'tent and mats decathlon']),
            ],
            ['December', 711.0, 92.6, 'goose from the market'],
          ],
        },
      ],
    },
    {
      file: 'office/Stock list.xlsx',
      date: '2023-11-10',
      sheets: [
        {
          name: 'Stock',
          rows: [
            ['Part', 'Place', 'Pieces', 'Least', 'Remark'],
            ['HL-6 body', 'shelf 2', 118, 50, ''],
            [fact('PX-4410-B circlip', ['cell', 'PX4410B']), 'drawer 17', 940, 200, 'thin ones'],
            [
              'reed contact RC-9',
              'drawer 3',
              75,
              100,
              fact('reorder from Lübeck, not Suzhou', ['cell', 'where to reorder reed contacts']),
            ],
            [
              'display foil',
              'cabinet',
              31,
              25,
              fact('expires in August, use oldest first', ['cell', 'display foil expires']),
            ],
          ],
        },
      ],
    },
    {
      file: 'office/Serial numbers shipped.csv',
      date: '2024-07-31',
      raw: [
        'serial,customer,shipped,firmware,remark',
        'FM2-000481,Harbour Brew,2024-05-06,2.3.1,',
        fact('FM2-000502,Wye Valley Brewery,2024-05-28,2.3.1,hygienic fitting', ['cell', 'fm2 000502']),
        'FM2-000520,Ellery Cider,2024-06-03,2.3.1,',
        fact('FM2-000527,Cotswold Dairy,2024-06-19,2.3.2,loan until October', [
          'cell',
          'serial number lent until october',
        ]),
      ],
    },
    {
      file: 'office/Travel costs Greta.ods',
      date: '2024-04-30',
      sheets: [
        {
          name: 'Hanover',
          rows: [
            ['Day', 'What', 'Euro', 'Receipt'],
            ['22 April', 'train Bremen–Hanover', 34.9, 'yes'],
            [
              '23 April',
              fact('dinner with Aarhus Flow, five people', ['cell', 'dinner with aarhus flow']),
              187.5,
              'yes',
            ],
            ['26 April', fact('taxi because of the strike', ['cell', 'taxi strike hanover']), 61.0, 'lost'],
          ],
        },
      ],
    },
    {
      file: 'contacts/doctors.vcf',
      date: '2024-02-02',
      raw: [
        'BEGIN:VCARD',
        'VERSION:3.0',
        'FN:Dr Helen Baines',
        fact('TEL;TYPE=work:+44 117 496 0610', ['identifier', '0117 4960610']),
        'NOTE:closed on Wednesday afternoons',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:3.0',
        'FN:Dr Mehmet Aksoy',
        fact('NOTE:ring at the side door\\, the lift is broken', ['mailbox', 'orthodontist side door']),
        'END:VCARD',
      ],
    },
    {
      file: 'contacts/craftsmen.vcf',
      date: '2023-10-12',
      raw: [
        'BEGIN:VCARD',
        'VERSION:4.0',
        'FN:Piotr Zielinski',
        fact('TITLE:plasterer\\, comes on Saturdays too', ['mailbox', 'plasterer saturdays']),
        'TEL:+44 7700 900321',
        'END:VCARD',
        'BEGIN:VCARD',
        'VERSION:4.0',
        'FN:Joan Tremlett',
        fact('TITLE:chimney sweep\\, wants the rug rolled up', ['mailbox', 'chimney sweep rug']),
        'END:VCARD',
      ],
    },
    {
      file: 'calendar/family 2024.ics',
      date: '2024-09-09',
      raw: [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Household//EN',
        'BEGIN:VEVENT',
        'UID:recital@brandt.example',
        'DTSTART:20240622T160000Z',
        fact('SUMMARY:Recital Mila\\, St George’s\\, wear the green dress', [
          'mailbox',
          'recital green dress',
        ]),
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:chimney@brandt.example',
        'DTSTART:20241008T090000Z',
        fact('SUMMARY:Smart meter is swapped\\, somebody must be at home', [
          'mailbox',
          'smart meter swapped',
        ]),
        'END:VEVENT',
        'END:VCALENDAR',
      ],
    },
    {
      file: 'videos/Grandpa tells about the flood.srt',
      date: '2022-04-16',
      raw: [
        '1',
        '00:00:03,000 --> 00:00:07,500',
        'Well, it was the winter of forty-seven.',
        '',
        '2',
        '00:00:08,000 --> 00:00:13,000',
        fact('We rowed to school in my uncle’s eel boat.', [
          'paraphrase',
          'how did grandpa get to lessons in the flood',
        ]),
        '',
        '3',
        '00:00:14,000 --> 00:00:19,000',
        fact('The piano stood on four barrels and stayed dry.', ['words', 'piano on barrels']),
      ],
    },
    {
      file: 'videos/cello lesson 12.srt',
      date: '2023-11-04',
      raw: [
        '1',
        '00:01:00,000 --> 00:01:04,000',
        'Let the elbow hang.',
        '',
        '2',
        '00:01:05,000 --> 00:01:10,000',
        fact('Rosin the bow with four strokes, no more.', ['manual', 'how many strokes of rosin on the bow']),
      ],
    },
    {
      file: 'home/freezer.csv',
      date: '2024-10-27',
      raw: [
        'drawer,what,portions,frozen',
        'top,pea soup,4,2024-08-30',
        fact('middle,damson compote,6,2024-09-15', ['cell', 'damson compote drawer']),
        fact('bottom,stock from the goose,3,2023-12-27', ['cell', 'goose stock in the freezer']),
      ],
    },
  ],
};
