/** The car, trains, flights, hotels and the days away. */
import { fact, type HomeDocument, type Topic } from '../home-document.ts';

const services: HomeDocument[] = [
  ['2020-06-09', '41,220', 'front discs', '£312.40'],
  ['2021-06-15', '49,876', 'air filter and wipers', '£188.00'],
  ['2023-06-21', '66,015', 'timing belt and water pump', '£641.75'],
  ['2024-06-13', '73,408', 'rear shock absorbers', '£402.10'],
].map(([date, miles, work, total]) => ({
  file: `car/${date} service Skoda.pdf`,
  date: date!,
  title: 'Service invoice, Easton Motors',
  body: [
    `Skoda Octavia WK66 LHO at ${miles} miles.`,
    `Carried out: oil, oil filter, ${work}.`,
    `Total ${total}. The next service is due in a year or ten thousand miles.`,
  ],
}));

export const travel: Topic = {
  genre: 'home',
  documents: [
    ...services,
    {
      file: 'car/2022-06-17 service Skoda.pdf',
      date: '2022-06-17',
      title: 'Service invoice, Easton Motors',
      body: [
        fact('Skoda Octavia WK66 LHO at 58,104 miles.', ['identifier', '58104 miles']),
        fact(
          'Carried out: oil, oil filter, clutch cable and both rear tyres, 205/55 R16.',
          ['words', 'clutch cable and rear tyres skoda service'],
          ['date', 'skoda service june 2022'],
        ),
        'Total £577.20. The next service is due in a year or ten thousand miles.',
      ],
    },
    {
      file: 'car/MOT advisories.txt',
      date: '2024-06-14',
      short: true,
      body: [
        fact('Offside front wishbone bush starting to perish.', ['one-word', 'wishbone']),
        fact('Certificate 4471 8820 1936, valid to 20 June 2025.', ['identifier', '447188201936']),
      ],
    },
    {
      file: 'car/parking fine appeal.docx',
      date: '2023-03-30',
      title: 'Appeal against penalty charge notice',
      body: [
        fact('Penalty charge BS-4408917-3, Park Row, 16 March 2023.', ['identifier', 'BS44089173']),
        fact('The sign was hidden behind a plane tree, as the photograph shows.', [
          'paraphrase',
          'our argument why the ticket is unfair',
        ]),
      ],
    },
    {
      file: 'car/breakdown cover.html',
      date: '2024-01-02',
      title: 'Your breakdown cover',
      body: [
        fact('Anywhere in Europe, ring +44 1273 555 0199 and give membership 66-20-7714.', [
          'identifier',
          '441273-5550199',
        ]),
        fact('We tow you to the nearest garage, or home if that is within fifty miles.', [
          'paraphrase',
          'how far will they transport a dead vehicle',
        ]),
      ],
    },
    {
      file: 'travel/2023 Lyon/train booking.pdf',
      date: '2023-03-11',
      title: 'Booking confirmation',
      body: [
        fact('Booking reference RQ7-ZXP: London St Pancras to Lyon Part-Dieu, 4 passengers.', [
          'identifier',
          'RQ7ZXP',
        ]),
        fact('Outward on 5 April 2023 at 10:26, coach 14, seats 31 to 34.', [
          'date',
          'train to lyon 5 April 23',
        ]),
        fact('Tickets can be exchanged for £20 each up to an hour before departure.', [
          'paraphrase',
          'fee for switching to another connection',
        ]),
      ],
      variants: [
        {
          file: 'travel/2022 Lyon/train booking.pdf',
          change: [
            ['Booking reference RQ7-ZXP', 'Booking reference KM2-TTA'],
            [
              '5 April 2023 at 10:26, coach 14, seats 31 to 34',
              '16 August 2022 at 09:31, coach 3, seats 11 to 14',
            ],
            ['£20 each up to an hour', '£35 each up to a week'],
          ],
        },
      ],
    },
    {
      file: 'travel/2024 Valencia/hotel Sorolla.eml',
      date: '2024-05-02',
      mails: [
        {
          from: 'Hotel Sorolla <reservas@sorolla.example>',
          to: 'Tom Harlow <tom@harlow.example>',
          subject: 'Your reservation 88-1193-V',
          sent: '2024-05-02T11:12',
          body: [
            'Dear Mr Harlow, we are happy to confirm a family room.',
            fact(
              'Arrival 26 July, departure 2 August, half board, €1,064.',
              ['date', 'hotel arrival 26.7.'],
              ['identifier', '€1064'],
            ),
            fact('Free cancellation ends on 19 July at noon.', [
              'paraphrase',
              'last moment to call off the hotel without paying',
            ]),
          ],
        },
      ],
    },
    {
      file: 'travel/2024 Valencia/flights.txt',
      date: '2024-04-19',
      short: true,
      body: [
        fact('BRS-VLC, EZY 2891, 26 July 06:35, locator K4QW9P.', ['identifier', 'K4Q W9P']),
        fact('Two suitcases of 23 kg and the cello as cabin luggage.', [
          'paraphrase',
          'baggage allowance paid for on the plane to Spain',
        ]),
      ],
    },
    {
      file: 'travel/2022 Lake District/Cottage Buttermere.odt',
      date: '2022-05-28',
      title: 'Rannerdale Cottage, notes for guests',
      body: [
        fact(
          'The key hangs in the slate box beside the oil tank.',
          ['typing-error', 'kee in the slaet box'],
          ['words', 'key in the slate box'],
        ),
        fact('Logs are in the lean-to; the chimney draws badly in an east wind.', [
          'paraphrase',
          'where is firewood for the holiday house',
        ]),
        fact('Nearest signal: the gate above the church.', [
          'paraphrase',
          'place with mobile phone reception near the cottage',
        ]),
      ],
    },
    {
      file: 'travel/2022 Lake District/walks.md',
      date: '2022-06-04',
      title: 'Walks we did',
      tags: ['fells', 'wet-june'],
      about: [fact('wet-june', ['tag', 'wet june walks'])],
      body: [
        fact('Haystacks by way of Scarth Gap: four hours, Mila rode on shoulders for the last one.', [
          'words',
          'haystacks scarth gap',
        ]),
        fact('Turned back below Fleetwith Edge because of hail.', [
          'paraphrase',
          'hike abandoned due to bad weather',
        ]),
      ],
    },
    {
      file: 'travel/passports.md',
      date: '2024-02-06',
      title: 'Passports',
      author: 'Tom Harlow',
      body: [
        fact('Jonas: 561 908 334, expires 11 November 2027.', ['identifier', '561908334']),
        fact('Mila: applied on 6 February, photograph rejected once.', ['person', 'passport of mila']),
        fact('Nora keeps her German one, C4VLX2H0R, until 2031.', ['words', 'german passport until 2031']),
      ],
    },
    {
      file: 'travel/Interrail idea.epub',
      date: '2021-12-27',
      title: 'Interrail, four ideas',
      body: [
        '## North',
        fact('Night train from Hamburg to Stockholm, couchette for six.', [
          'typing-error',
          'nihgt train hambrug stockholm',
        ]),
        '## East',
        fact('In Ljubljana the castle funicular is free with the rail pass.', ['one-word', 'funicular']),
      ],
    },
    {
      file: 'travel/trips.ics',
      named: ['trips.ics'],
      date: '2024-06-01',
      raw: [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Household//EN',
        'BEGIN:VEVENT',
        'UID:valencia-2024@brandt.example',
        'DTSTART:20240726T063500Z',
        'SUMMARY:Fly to Valencia',
        fact('DESCRIPTION:Taxi at 4.10 from Zebra Cabs', ['mailbox', 'taxi zebra cabs']),
        'END:VEVENT',
        'BEGIN:VEVENT',
        'UID:ferry-2024@brandt.example',
        'DTSTART:20241023T203000Z',
        'SUMMARY:Ferry Portsmouth to Caen',
        fact('LOCATION:Terminal gate 4\\, cabin 6117', ['mailbox', 'ferry cabin number caen']),
        'END:VEVENT',
        'END:VCALENDAR',
      ],
    },
  ],
};
