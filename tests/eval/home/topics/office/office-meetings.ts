/** The office of Pike & Harlow Instruments: minutes, slides, offers, contracts, handbooks. */
import { fact, type HomeDocument, type Topic } from '../../home-document.ts';

const weeklies: HomeDocument[] = [
  ['2024-01-22', 'The housing of the FM-200 is delayed by a week.', 'Arjun repairs the pump of the rig.'],
  ['2024-01-29', 'The housing has come; two of forty are scratched.', 'Greta visits Aarhus on Thursday.'],
  ['2024-02-05', 'Firmware 2.3 passes the long run.', 'Beth orders labels for Suzhou.'],
  ['2024-02-12', 'The label printer is broken.', 'Yusuf is on holiday until the 16th.'],
  ['2024-02-26', 'Calibration of the second rig begins.', 'The lease of the van is prolonged.'],
  ['2024-03-04', 'No decision about the exhibition stand.', 'Sandra meets the auditor.'],
].map(([date, first, second]) => ({
  file: `office/minutes/minutes_${date}.docx`,
  date: date!,
  title: `Weekly meeting, ${date}`,
  body: [`Present: Pike, Harlow, Demir, Lindqvist, Rao, Calloway.`, first!, second!],
}));

export const officeMeetings: Topic = {
  genre: 'office',
  documents: [
    ...weeklies,
    {
      file: 'office/minutes/minutes_2024-02-19.docx',
      date: '2024-02-19',
      title: 'Weekly meeting, 2024-02-19',
      body: [
        'Present: Pike, Harlow, Demir, Rao, Calloway. Lindqvist by telephone.',
        fact(
          'Decision: the FM-200 ships without Bluetooth in the first batch.',
          ['paraphrase', 'which radio feature was dropped from the initial production run'],
          ['file-name', 'minutes_2024-02-19'],
        ),
        fact('Arjun saw drift of 0.8 % above 60 °C and will repeat the test with new seals.', [
          'date',
          'what did arjun see, meeting of 19 february 2024',
        ]),
        fact('Beth: the fire drill is on 7 March at eleven.', ['words', 'fire drill on 7 march']),
      ],
    },
    {
      file: 'office/minutes/board 2023-12.odt',
      date: '2023-12-14',
      title: 'Board meeting, December 2023',
      body: [
        fact('The board approved a bonus of £1,500 for everybody, payable in January.', [
          'paraphrase',
          'extra pay for staff decided at the end of the year',
        ]),
        fact('Sandra Pike will step down as chair in 2025.', ['person', 'sandra pike chair']),
        fact('A second site in Swindon was rejected by three votes to two.', [
          'paraphrase',
          'did the directors want another location',
        ]),
      ],
    },
    {
      file: 'office/slides/FM-200 launch.pptx',
      date: '2024-03-12',
      title: 'FM-200 launch',
      body: [
        '## Who buys it',
        fact('Breweries first: forty of them within two hours of Bristol.', [
          'words',
          'breweries within two hours of bristol',
        ]),
        '## Price',
        fact('List price £389, dealers pay £271.', ['identifier', '£ 271 dealers'], ['one-word', 'dealers']),
        '## Risk',
        fact('If the seals fail we lose a season.', ['paraphrase', 'biggest danger for the new flow meter']),
      ],
      variants: [
        {
          file: 'office/slides/FM-200 launch v1 old.pptx',
          change: [
            [
              'Breweries first: forty of them within two hours of Bristol',
              'Dairies first: a dozen in Somerset',
            ],
            ['List price £389, dealers pay £271', 'List price £349, resellers pay £240'],
            ['If the seals fail we lose a season', 'None known'],
          ],
        },
      ],
    },
    {
      file: 'office/TAMReview.docx',
      date: '2023-05-19',
      title: 'Technology acceptance: a review for the display project',
      author: 'Greta Lindqvist',
      body: [
        fact(
          'Perceived usefulness predicted use in 31 of the 36 studies.',
          ['typing-error', 'percieved usefullness'],
          ['file-name', 'tam review'],
          ['manual', 'how many studies found that perceived usefulness predicted use'],
        ),
        fact('Operators over fifty preferred knobs to touch screens.', [
          'paraphrase',
          'what do older workers like better than displays',
        ]),
      ],
      variants: [{ file: 'office/old/TAMReview (1).docx', change: [] }],
    },
    {
      file: 'office/contracts/NDA Suzhou Hengli.pdf',
      date: '2023-03-02',
      title: 'Mutual non-disclosure agreement',
      body: [
        'Between Pike & Harlow Instruments Ltd and Suzhou Hengli Precision Co.',
        fact('Confidentiality lasts for five years after the last exchange of drawings.', [
          'paraphrase',
          'for what time must both firms keep secrets',
        ]),
        fact('Disputes go to the London Court of International Arbitration.', ['file-name', 'NDA Suzhou']),
      ],
    },
    {
      file: 'office/contracts/Office lease Unit 4 Brunel Yard.pdf',
      date: '2020-11-01',
      title: 'Lease of Unit 4, Brunel Yard',
      body: [
        fact(
          'The break clause may be used on 1 November 2025 with six months of notice.',
          ['typing-error', 'brake cluase brunel yard'],
          ['words', 'break clause of the brunel yard lease'],
        ),
        fact('The tenant insures the plate glass.', ['paraphrase', 'who covers broken shop windows at work']),
        'The deposit is a quarter of the yearly rent. Dogs are allowed in the yard.',
      ],
    },
    {
      file: 'office/handbook/Staff handbook 2024.docx',
      named: ['staffhandbook 2024'],
      date: '2024-01-03',
      title: 'Staff handbook 2024',
      body: [
        fact('Everyone has twenty-six days of leave and the bank holidays.', [
          'paraphrase',
          'annual vacation allowance per employee',
        ]),
        fact('Mileage is repaid at 45 pence; receipts go to Beth by the fifth.', [
          'words',
          'mileage pence receipts',
        ]),
        fact('Ring 0117 496 0333 before nine if you are ill.', ['identifier', '(0117) 4960333']),
        fact('New parents may work four days for full pay in the first month back.', [
          'paraphrase',
          'easier return after maternity',
        ]),
      ],
      variants: [
        {
          file: 'office/handbook/Staff handbook 2021.docx',
          change: [
            ['twenty-six days of leave', 'twenty-three days of leave'],
            ['45 pence; receipts go to Beth by the fifth', '40 pence; forms are in the tray'],
            ['Ring 0117 496 0333 before nine', 'Send a message before ten'],
            ['may work four days for full pay', 'may ask for unpaid time'],
          ],
        },
      ],
    },
    {
      file: 'office/offers/Offer 2024-017 Wye Valley Brewery.pdf',
      named: ['offer 2024-017'],
      date: '2024-04-09',
      title: 'Offer 2024-017',
      body: [
        fact('Six FM-200 with hygienic fittings at £352 each, delivery in five weeks.', [
          'words',
          'hygienic fittings wye valley',
        ]),
        fact('This offer holds until 10 May 2024.', ['date', 'offer valid until 10/5/2024']),
      ],
    },
    {
      file: 'office/offers/Offer 2024-071 Cotswold Dairy.pdf',
      date: '2024-11-05',
      title: 'Offer 2024-071',
      body: [
        'Two FM-200 with flanges at £361 each.',
        fact('Cotswold Dairy wants a loan unit for a fortnight before it decides.', [
          'words',
          'cotswold dairy loan unit',
        ]),
      ],
    },
    {
      file: 'office/newsletter/Pike Post 7.pdf',
      date: '2023-10-06',
      title: 'The Pike Post, number 7',
      columns: 2,
      body: [
        fact('Yusuf ran the Bath half marathon in 1:41.', ['person', 'yusuf half marathon']),
        fact('The coffee machine gets a bean fund: twenty pence a cup.', [
          'paraphrase',
          'contribution for espresso at work',
        ]),
        fact('Unit 3 next door becomes a pottery in the new year.', ['words', 'unit 3 pottery']),
      ],
    },
    {
      file: 'office/Unbenannt 3.odt',
      date: '2024-06-25',
      title: '',
      body: [
        fact('Password of the old rig computer: see the lid, second sticker.', [
          'file-name',
          'unbenannt 3.odt',
        ]),
        'To do: label the drawers, ask about the crane.',
      ],
    },
  ],
};
