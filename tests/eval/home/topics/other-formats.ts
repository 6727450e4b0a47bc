/** What fewer people keep: OpenDocument slides, Outlook's messages, reStructuredText, AsciiDoc, XML. */
import { fact, type Topic } from '../home-document.ts';

export const otherFormats: Topic = {
  genre: 'hobby',
  documents: [
    {
      file: 'office/talks/Brewery fair 2024.odp',
      date: '2024-02-26',
      title: 'Flow meters for small breweries',
      author: 'Greta Lindqvist',
      body: [
        '## Cleaning',
        fact('Rinse the sensor with lukewarm water and never with caustic soda.', [
          'words',
          'rinse the sensor with caustic soda',
        ]),
        '## Where to find us',
        fact('Our stand is hall 7, B 41, beside the hop growers.', ['words', 'stand beside the hop growers']),
      ],
    },
    {
      file: 'school/Parents evening swimming.odp',
      date: '2023-09-19',
      title: 'Swimming in year four',
      body: [
        '## What to bring',
        fact('Goggles stay at home in the first six weeks.', ['words', 'goggles at home first six weeks']),
      ],
    },
    {
      file: 'garden/Society talk wasps.odp',
      date: '2022-08-11',
      title: 'Wasps, friends of the plum',
      body: [
        '## Traps',
        fact('A wasp trap of beer and vinegar catches no bees.', ['words', 'wasp trap beer vinegar']),
      ],
    },
    {
      file: 'mail/outlook/Slates.msg',
      date: '2023-05-30',
      mails: [
        {
          from: 'Rosalind Peck <rosalind@peck-roofing.example>',
          to: 'Nora Brandt <nora@brandt.example>',
          subject: 'Slates',
          sent: '2023-05-30T08:12',
          body: [
            fact('The Welsh slates arrive on a Thursday, forty short.', [
              'mailbox',
              'welsh slates forty short',
            ]),
            'We begin at the chimney all the same.',
          ],
        },
      ],
    },
    {
      file: 'mail/outlook/Scaffolding.msg',
      date: '2023-05-22',
      mails: [
        {
          from: 'Rosalind Peck <rosalind@peck-roofing.example>',
          to: 'Nora Brandt <nora@brandt.example>',
          subject: 'Scaffolding',
          sent: '2023-05-22T15:40',
          body: ['Here is what the firm next door would take for it.'],
          attachments: [
            {
              file: 'quotation.txt',
              title: 'Quotation',
              body: [
                fact('Scaffolding for nine days costs £840.', ['attachment', 'scaffolding nine days cost']),
              ],
            },
          ],
        },
      ],
    },
    {
      file: 'mail/outlook/Choir trip.msg',
      date: '2024-03-08',
      mails: [
        {
          from: 'Dorothea Quill <dorothea@stgeorges-choir.example>',
          to: 'All singers <choir@stgeorges-choir.example>',
          subject: 'Choir trip',
          sent: '2024-03-08T19:05',
          body: [
            'We leave at eight from the square.',
            fact('Bring the blue folders, the black ones are lost.', ['mailbox', 'choir blue folders']),
          ],
        },
      ],
    },
    {
      file: 'office/docs/calibration.rst',
      date: '2024-01-15',
      raw: [
        'Calibration',
        '===========',
        '',
        'The bath',
        '--------',
        '',
        fact('Hold the bath at 20 degrees for eleven minutes before the first reading.', [
          'manual',
          'how long to hold the bath before the first reading',
        ]),
        '',
        'Readings',
        '--------',
        '',
        'Three of them, written down as they stand.',
      ],
    },
    {
      file: 'office/docs/release.rst',
      date: '2024-06-03',
      raw: [
        'Making a release',
        '================',
        '',
        fact('Tags are signed with the key in the red safe.', ['manual', 'which key signs tags']),
        '',
        '.. note::',
        '',
        '   Nobody makes one on a Friday.',
      ],
    },
    {
      file: 'manuals/radio/antenna.rst',
      date: '2021-10-02',
      raw: [
        'The long wire',
        '=============',
        '',
        ':author: Tom Harlow',
        '',
        fact('Solder the balun before the mast is raised.', ['manual', 'when to solder the balun']),
      ],
    },
    {
      file: 'manuals/boat/outboard.adoc',
      date: '2022-04-01',
      raw: [
        '= The outboard',
        'Tom Harlow',
        '',
        '== In spring',
        '',
        fact('Replace the impeller every second spring.', ['manual', 'how often to replace the impeller']),
        '',
        '* Grease the shaft.',
      ],
    },
    {
      file: 'office/docs/onboarding.adoc',
      date: '2023-10-16',
      raw: [
        '= The first week',
        '',
        '== Monday',
        '',
        fact('New colleagues collect their badge from the porter’s lodge.', ['words', 'badge porter lodge']),
      ],
    },
    {
      file: 'home/alarm.adoc',
      date: '2020-12-05',
      raw: [
        '= The alarm',
        '',
        fact('Press star and zero together to silence the siren.', ['manual', 'silence the siren']),
        '',
        'The cats set it off.',
      ],
    },
    {
      file: 'office/config/pump-station.xml',
      date: '2024-05-14',
      raw: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<station name="north">',
        '<note>',
        fact('Backwash the sand filter when the gauge passes 1.4 bar.', [
          'manual',
          'when to backwash the sand filter',
        ]),
        '</note>',
        '</station>',
      ],
    },
    {
      file: 'media/podcasts.xml',
      date: '2024-08-20',
      raw: [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0"><channel><title>Odd trades</title>',
        '<item><title>',
        fact('Episode 61: the lighthouse keeper who bred canaries', ['words', 'lighthouse keeper canaries']),
        '</title></item>',
        '<item><title>Episode 62: a day with the bell hanger</title></item>',
        '</channel></rss>',
      ],
    },
    {
      file: 'contacts/allotment members.xml',
      date: '2023-03-30',
      raw: [
        '<members>',
        '<member>',
        fact('Plot 52, Winifred Oakes, two beehives', ['words', 'winifred oakes plot']),
        '</member>',
        '<member>Plot 53, the brothers Amadi, a shed</member>',
        '</members>',
      ],
    },
  ],
};
