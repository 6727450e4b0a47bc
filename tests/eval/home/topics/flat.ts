/** The flat: leases and their drafts, house rules, keys, repairs, meters, neighbours. */
import { fact, type HomeDocument, type Topic } from '../home-document.ts';

const boilerVisits: HomeDocument[] = [
  [
    '2020-03-18',
    '18 March 2020',
    'cleaned the burner and changed the sealing ring, part 65.00.77.230',
    '1.3',
  ],
  ['2021-03-23', '23 March 2021', 'found a worn expansion vessel, part 65.02.11.004, and ordered it', '1.1'],
  ['2022-03-09', '9 March 2022', 'bled the radiators and topped up the inhibitor', '1.5'],
  ['2024-03-21', '21 March 2024', 'cleaned the heat exchanger, part 65.00.90.511', '1.6'],
].map(([date, day, work, bar]) => ({
  file: `flat/repairs/${date} boiler service Hartmann.pdf`,
  date: date!,
  title: 'Boiler service report',
  body: [
    `Date of visit: ${day}. Customer: Brandt and Harlow, 27 Alder Street, flat 5.`,
    `The engineer ${work}, and set the pressure to ${bar} bar.`,
    'Flue gas values are within limits. The next service is due in twelve months.',
  ],
}));

const meterYears: HomeDocument[] = [
  [2019, '3,402', '£611.20'],
  [2020, '3,377', '£598.04'],
  [2021, '3,120', '£587.45'],
  [2023, '2,655', '£903.12'],
  [2024, '2,590', '£871.66'],
].map(([year, used, total]) => ({
  file: `flat/energy/${Number(year) + 1}-01-20 Severn Power statement ${year}.pdf`,
  date: `${Number(year) + 1}-01-20`,
  title: `Severn Power annual statement ${year}`,
  body: [
    `Supply address: 27 Alder Street, flat 5, Bristol. Meter 7T-118302.`,
    `In ${year} you used ${used} kWh of electricity.`,
    `The total for ${year} is ${total} including VAT.`,
  ],
}));

export const flat: Topic = {
  genre: 'home',
  documents: [
    {
      file: 'flat/lease_27_Alder_Street_flat5.pdf',
      date: '2021-09-14',
      title: 'Tenancy agreement, 27 Alder Street, flat 5',
      body: [
        'This agreement is made between Whitcombe Estates Ltd, the landlord, and Nora Brandt and Tom Harlow, the tenants.',
        '## Term',
        fact(
          'The term begins on 1 October 2021 and runs until 30 September 2026.',
          ['words', 'until when does the term of the flat 5 agreement run'],
          ['date', 'tenancy that runs until 30/09/2026'],
        ),
        fact('Either party may end this agreement by giving two months of written notice.', [
          'paraphrase',
          'how long beforehand do we have to tell the landlord that we are moving out',
        ]),
        '## Money',
        fact(
          'The tenants pay a deposit of £2,150, protected by the Deposit Protection Service under DPS-4471-0923.',
          ['words', 'deposit for the alder street flat'],
          ['identifier', 'DPS44710923'],
        ),
        'Rent is due on the first working day of each month and is reviewed every second year.',
        '## Use of the flat',
        fact('Pianos and drum kits may be played between 10:00 and 19:00 only.', [
          'paraphrase',
          'permitted hours for practising loud music',
        ]),
        fact('Subletting a room needs consent, which may not be refused without a reason.', [
          'paraphrase',
          'can we take in a lodger',
        ]),
      ],
      variants: [
        {
          file: 'flat/drafts/lease_v2_draft.docx',
          change: [
            ['30 September 2026', '30 September 2024'],
            [
              '£2,150, protected by the Deposit Protection Service under DPS-4471-0923',
              '£1,950, to be protected',
            ],
            ['two months of written notice', 'six weeks of written notice'],
            ['10:00 and 19:00', '9:00 and 22:00'],
            ['which may not be refused without a reason', 'which may be refused'],
          ],
        },
        { file: 'flat/old/lease_27_Alder_Street_flat5 (1).pdf', change: [] },
      ],
    },
    {
      file: 'flat/drafts/lease_Quay_Road_flat2_unsigned.pdf',
      named: ['lease quay road unsigned'],
      date: '2021-08-02',
      title: 'Tenancy agreement, 9 Quay Road, flat 2 (not signed)',
      body: [
        'Between Marlow Lettings and Nora Brandt and Tom Harlow. We looked at this flat and did not take it.',
        fact('The tenants of Quay Road would pay a deposit of £1,780 to Marlow Lettings.', [
          'words',
          'quay road deposit marlow lettings',
        ]),
        'The term would begin on 1 September 2021 and run for twelve months.',
        'Either party may end the agreement by giving one month of notice.',
      ],
    },
    {
      file: 'flat/house rules 2022.odt',
      named: ['house rules 2022'],
      date: '2022-02-11',
      title: 'House rules, 27 Alder Street',
      body: [
        'These rules replace those of 2017. Please keep a copy in the flat.',
        fact('Cardboard is collected from the back gate on alternate Thursdays.', [
          'paraphrase',
          'when do they take away the old boxes',
        ]),
        fact('The roof terrace closes at ten in the evening.', [
          'paraphrase',
          'how late may guests sit outside upstairs',
        ]),
        fact('Barbecues with charcoal are forbidden on balconies; electric grills are tolerated.', [
          'words',
          'charcoal barbecue on balconies',
        ]),
        fact('Prams may stand under the stairs if the way to the cellar stays free.', [
          'paraphrase',
          'where to leave a buggy',
        ]),
        fact('Washing machines must rest between 22:00 and 7:00.', [
          'typing-error',
          'washing mashines rest at nihgt',
        ]),
      ],
    },
    {
      file: 'flat/house rules 2017 (old).odt',
      date: '2017-05-02',
      title: 'House rules, 27 Alder Street',
      body: [
        'Cardboard is collected on Mondays. The roof terrace is closed to tenants. Washing machines must rest on Sundays.',
        'Prams belong in the flat. Barbecues are not mentioned in these rules.',
      ],
    },
    {
      file: 'flat/keys.txt',
      date: '2023-06-30',
      short: true,
      body: [
        fact('Mrs Okafor on the floor below looks after our second set.', [
          'paraphrase',
          'who has the spare key',
        ]),
        fact('Bin store: 4417, turn left after the click.', ['one-word', '4417']),
        fact('The cellar padlock opens with the small brass one marked C9.', [
          'identifier',
          'c-9 brass padlock',
        ]),
      ],
    },
    ...boilerVisits,
    {
      file: 'flat/repairs/2023-03-14 boiler service Hartmann.pdf',
      date: '2023-03-14',
      title: 'Boiler service report',
      body: [
        fact(
          'Date of visit: 14 March 2023. Customer: Brandt and Harlow, 27 Alder Street, flat 5.',
          ['date', 'boiler service 14.3.2023'],
          ['file-name', '2023-03-14 boiler service'],
        ),
        fact(
          'The engineer replaced the diverter valve, part 65.00.81.017, and set the pressure to 1.4 bar.',
          ['identifier', '650081017'],
        ),
        'Flue gas values are within limits. The next service is due in twelve months.',
      ],
    },
    ...meterYears,
    {
      file: 'flat/energy/2023-01-20 Severn Power statement 2022.pdf',
      date: '2023-01-20',
      title: 'Severn Power annual statement 2022',
      body: [
        'Supply address: 27 Alder Street, flat 5, Bristol. Meter 7T-118302.',
        fact('In 2022 you used 2,914 kWh of electricity.', [
          'date',
          'how much electricity did we use in 2022',
        ]),
        fact('The total for 2022 is £764.38 including VAT.', ['identifier', '764.38']),
      ],
    },
    {
      file: 'flat/letters/2022-11-08 Whitcombe scaffolding.docx',
      named: ['whitcombe scaffolding.docx'],
      date: '2022-11-08',
      title: 'Scaffolding at 27 Alder Street',
      body: [
        'Dear tenants, the front of the house will be painted in spring.',
        fact(
          'Please keep the windows shut while the sanding goes on, from 6 to 17 February.',
          ['date', 'windows shut 6-17 feb'],
          ['paraphrase', 'dates of the dusty facade work'],
        ),
        fact(
          'Daniel Whitcombe answers questions on 0117 496 0182.',
          ['identifier', '01174960182'],
          ['person', 'phone of daniel whitcombe'],
        ),
      ],
    },
    {
      file: 'flat/letters/Rent increase 2023.docx',
      date: '2023-07-03',
      title: 'Review of the rent',
      body: [
        fact(
          'From 1 October 2023 the rent rises from £1,240 to £1,315 a month.',
          ['date', 'rent letter 1/10/2023'],
          ['words', 'rent rises from october 2023'],
        ),
        fact('You may object in writing within twenty-eight days of this letter.', [
          'paraphrase',
          'deadline for contesting the higher payments',
        ]),
      ],
      variants: [
        {
          file: 'flat/letters/Rent increase 2021 withdrawn.docx',
          change: [
            [
              'From 1 October 2023 the rent rises from £1,240 to £1,315',
              'From 1 May 2021 the rent was to rise from £980 to £1,010',
            ],
            ['within twenty-eight days', 'within fourteen days'],
          ],
        },
      ],
    },
    {
      file: 'flat/damp bedroom wall.md',
      named: ['damp bedroom wall'],
      date: '2022-12-29',
      title: 'Damp in the bedroom',
      tags: ['repairs', 'mould-diary'],
      about: [fact('mould-diary', ['tag', 'mould diary'])],
      body: [
        fact('Behind the wardrobe the plaster is dark again, about the size of a dinner plate.', [
          'paraphrase',
          'wet patch on the wall where clothes hang',
        ]),
        'We moved the wardrobe by a hand and put a meter there: 71 % in the morning, 64 % at night.',
        fact(
          'The surveyor, Ms Adeyemi, blames a cracked downpipe and not our airing.',
          ['typing-error', 'surveyor adeyemmi craked downpipe'],
          ['person', 'adeyemi'],
        ),
      ],
    },
    {
      file: 'flat/Moving checklist.org',
      date: '2021-09-20',
      title: 'Moving checklist',
      body: [
        '## Before',
        fact('The van is booked at Cotham Hire under CH-90217 for the 2nd, eight in the morning.', [
          'identifier',
          'CH 90217 van',
        ]),
        '- cancel the gym and the milk',
        fact('The parking suspension outside number 27 cost £96 and needs ten days.', [
          'paraphrase',
          'reserving street space for the lorry',
        ]),
        '## After',
        '- read both meters and photograph them',
      ],
    },
    {
      file: 'flat/broadband Wexnet order.html',
      date: '2021-09-28',
      title: 'Your Wexnet order',
      body: [
        fact('Order WX-5530-18K: fibre, 150 Mbit/s, router included, £31 a month.', [
          'identifier',
          'wx553018k',
        ]),
        fact('An installer comes on Tuesday 12 October between noon and four.', [
          'words',
          'when does the wexnet installer come',
        ]),
        fact('The contract can be left without charge after eighteen months.', [
          'paraphrase',
          'earliest free exit from the internet provider',
        ]),
      ],
    },
    {
      file: 'flat/neighbours meeting 2024-05.docx',
      date: '2024-05-16',
      title: 'Meeting of the tenants, May 2024',
      body: [
        'Present: Brandt, Harlow, Okafor, Petrides, Lund. Apologies: Castellano.',
        fact('Mr Petrides will ask the council for a second lamp at the rear gate.', [
          'person',
          'petrides lamp',
        ]),
        fact('Everyone pays £15 into the tin so that the hallway can get a new mat.', [
          'paraphrase',
          'collection for the carpet at the entrance',
        ]),
        fact('The lift is inspected on 3 June and out of use until the afternoon.', [
          'typing-error',
          'lfit inspectoin',
        ]),
      ],
    },
    {
      file: 'flat/smoke alarms.txt',
      date: '2023-10-29',
      short: true,
      body: [
        fact('Kitchen detector chirped at 3 am; swapped the nine-volt block, good until 2026.', [
          'paraphrase',
          'beeping fire warning device battery changed',
        ]),
        fact('Hall detector: model SD-51/R, made in week 08 of 2019.', ['identifier', 'SD51R']),
      ],
    },
  ],
};
