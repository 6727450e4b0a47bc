/** Bank, tax, insurance, pensions, invoices and receipts. */
import { fact, type HomeDocument, type Topic } from '../home-document.ts';

const taxYears: HomeDocument[] = [
  ['2019-20', '£412.00', '11 January 2021'],
  ['2020-21', '£388.50', '19 January 2022'],
  ['2022-23', '£1,020.10', '29 January 2024'],
  ['2023-24', '£97.75', '8 January 2025'],
].map(([span, owed, filed]) => ({
  file: `money/tax/Self assessment ${span}.pdf`,
  date: `20${span!.slice(5)}-12-20`,
  title: `Self assessment ${span}, Nora Brandt`,
  body: [
    'Unique taxpayer reference 38105 77264. Income from translation and from a let room.',
    `For ${span} the amount owed is ${owed}.`,
    `The return was filed on ${filed}.`,
  ],
}));

export const money: Topic = {
  genre: 'letters',
  documents: [
    ...taxYears,
    {
      file: 'money/tax/Self assessment 2021-22.pdf',
      named: ['self assessment 2021-22 pdf'],
      date: '2022-12-18',
      title: 'Self assessment 2021-22, Nora Brandt',
      body: [
        fact('Unique taxpayer reference 38105 77264; agent: Lorna Teague, Teague & Sons.', [
          'person',
          'lorna teague accountant',
        ]),
        fact('For 2021-22 the amount owed is £655.40.', ['date', 'tax owed 2021/22']),
        fact('Home working was claimed at £6 a week, for 41 weeks.', [
          'paraphrase',
          'deduction for using my own desk',
        ]),
      ],
    },
    {
      file: 'money/insurance/Contents policy Tidewater 2024.pdf',
      date: '2024-04-02',
      title: 'Tidewater household contents policy',
      columns: 2,
      body: [
        fact('Policy number TW/HC/2207-6614-B.', ['identifier', 'TW HC 22076614B']),
        fact(
          'Bicycles are covered up to £900 each if locked to a fixed object.',
          ['typing-error', 'bycicles coverd locked fixed objct'],
          ['paraphrase', 'stolen cycle compensation limit'],
        ),
        fact('Damage by water escaping from a fish tank is included.', [
          'paraphrase',
          'are we insured when the aquarium leaks',
        ]),
        fact('Not insured: cash above £300, and anything left in an unlocked car.', [
          'words',
          'cash left in an unlocked car insured',
        ]),
        fact('A claim must be reported within thirty days to claims@tidewater.example.', [
          'manual',
          'time limit for reporting a claim under the contents policy',
        ]),
        fact('The excess is £100, or £350 for damage by subsidence.', ['one-word', 'subsidence']),
      ],
      variants: [
        {
          file: 'money/insurance/Contents policy Tidewater 2022.pdf',
          change: [
            ['TW/HC/2207-6614-B', 'TW/HC/1905-6614-A'],
            ['up to £900 each', 'up to £500 each'],
            ['is included', 'is excluded'],
            ['cash above £300', 'cash above £150'],
            ['thirty days', 'sixty days'],
            ['£350 for damage by subsidence', '£1,000 for damage by settling ground'],
          ],
        },
      ],
    },
    {
      file: 'money/insurance/claim 2023 burst hose.docx',
      date: '2023-08-22',
      title: 'Claim for water damage in the kitchen',
      body: [
        fact('Our claim has the number CL-883-20417.', ['identifier', 'cl88320417']),
        fact('The hose behind the dishwasher split on the night of 19 August.', [
          'date',
          'what broke on 19 aug 2023',
        ]),
        fact('Tidewater paid £1,284 for the floor and refused the rug.', [
          'paraphrase',
          'how much did the insurer reimburse for the parquet',
        ]),
      ],
    },
    {
      file: 'money/bank/Standing orders.md',
      named: ['StandingOrders.md'],
      date: '2024-01-09',
      title: 'Standing orders and accounts',
      author: 'Nora Brandt',
      tags: ['banking', 'who-pays-what'],
      about: [fact('who-pays-what', ['tag', 'who pays what'])],
      body: [
        fact('Ilse: DE44 5205 0353 0001 2298 17, Kasseler Sparkasse, €150 on the 3rd.', [
          'identifier',
          'DE44520503530001229817',
        ]),
        fact('Lucía: ES76 2077 0024 0031 0257 5766, for Valencia, before each stay.', [
          'identifier',
          'ES76-2077',
        ]),
        fact('Mila’s savings go to Brunel Building Society, £25 on payday.', [
          'words',
          'brunel building society savings',
        ]),
      ],
    },
    {
      file: 'money/bank/Letter mortgage in principle.pdf',
      date: '2024-09-12',
      title: 'Mortgage in principle',
      body: [
        fact('On these figures we would lend up to £286,000 over twenty-seven years.', [
          'paraphrase',
          'biggest house loan the bank offered',
        ]),
        fact('Reference MIP-0912-HARL; valid for ninety days.', ['identifier', 'mip 0912']),
        fact('Your adviser is Priyanka Sethi at the Clifton branch.', ['person', 'who is priyanka sethi']),
      ],
    },
    {
      file: 'money/pension/Pension forecast Tom.pdf',
      date: '2023-11-17',
      title: 'Pension forecast, Thomas Harlow',
      body: [
        fact('At sixty-seven you can expect £14,380 a year in today’s money.', [
          'paraphrase',
          'what will Tom receive when he retires',
        ]),
        fact('You chose the Cautious Growth fund in 2016.', ['words', 'cautious growth fund']),
      ],
    },
    {
      file: 'money/receipts/Invoice 20391 Marchetti piano.pdf',
      date: '2022-10-05',
      title: 'Invoice 20391',
      body: [
        fact('Tuning and one new damper felt, Kemble upright: £118.', ['person', 'marchetti invoice damper']),
        fact('Please pay within fourteen days to Marchetti Pianos, quoting 20391.', [
          'identifier',
          'invoice 20391',
        ]),
      ],
    },
    {
      file: 'money/receipts/Invoice 20931 Marchetti piano.pdf',
      date: '2024-10-11',
      title: 'Invoice 20931',
      body: [
        'Tuning, Kemble upright: £95.',
        fact('Please pay within fourteen days to Marchetti Pianos, quoting 20931.', ['identifier', '20931']),
      ],
    },
    {
      file: 'money/receipts/washing machine Okuma receipt.html',
      date: '2023-02-18',
      title: 'Receipt, Dalton Electrical',
      body: [
        fact('Okuma W8-1400, serial number 0K7-44982-MX, £449.', ['identifier', '0K744982MX']),
        fact('The guarantee on parts lasts five years, on labour two.', [
          'paraphrase',
          'warranty period of the laundry appliance',
        ]),
      ],
    },
    {
      file: 'money/receipts/receipt sofa Brackley.rtf',
      named: ['receipt_sofa_brackley'],
      date: '2021-11-30',
      title: 'Brackley Furniture, order confirmation',
      body: [
        fact('Three-seater in moss green, order BF#77120, delivery in nine weeks.', [
          'identifier',
          'bf 77120',
        ]),
        fact('Covers can be removed and washed at thirty degrees.', [
          'manual',
          'cleaning instructions for removable covers, temperature',
        ]),
      ],
    },
    {
      file: 'money/charity/Gift aid letter.odt',
      date: '2023-04-20',
      title: 'Your donations',
      body: [
        fact('In the past year you gave £240 to the Avon Hedgehog Hospital.', [
          'words',
          'donations hedgehog hospital',
        ]),
        'Tax relief was claimed on all of it. Thank you for your help.',
      ],
    },
    {
      file: 'money/will notes.txt',
      date: '2024-02-25',
      short: true,
      body: [
        fact('Solicitor: Hannah Osei, Baldwin Street; the originals lie in her safe.', [
          'person',
          'hannah osei',
        ]),
        fact('If both of us die, Claire raises the children.', [
          'paraphrase',
          'guardian chosen for mila and jonas',
        ]),
      ],
    },
  ],
};
