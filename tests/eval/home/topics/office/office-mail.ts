/** Threads of mail and what was attached to them. */
import { fact, type HomeDocument, type Mail, type Topic } from '../../home-document.ts';

const people = {
  tom: 'Tom Harlow <tom@pikeharlow.example>',
  sandra: 'Sandra Pike <sandra@pikeharlow.example>',
  yusuf: 'Yusuf Demir <yusuf@pikeharlow.example>',
  greta: 'Greta Lindqvist <greta@pikeharlow.example>',
  beth: 'Beth Calloway <beth@pikeharlow.example>',
  arjun: 'Arjun Rao <arjun@pikeharlow.example>',
  nora: 'Nora Brandt <nora@brandt.example>',
  wei: 'Chen Wei <chen.wei@hengli.example>',
  marcus: 'Marcus Thorne <marcus@thorneseals.example>',
  claire: 'Claire Moreau <claire@moreau.example>',
  okafor: 'Ngozi Okafor <ngozi@okafor.example>',
};

/** One file for each message, each answering the one before it. */
const thread = (folder: string, id: string, mails: readonly Mail[]): HomeDocument[] =>
  mails.map((mail, index) => ({
    file: `${folder}/${mail.sent.slice(0, 10)} ${index === 0 ? '' : 'Re '}${mails[0]!.subject.replace(/[?:/]/g, '')} ${index + 1}.eml`,
    date: mail.sent.slice(0, 10),
    mails: [
      {
        ...mail,
        subject: index === 0 ? mail.subject : `Re: ${mails[0]!.subject}`,
        id: `${id}.${index}@mail.example`,
        references: Array.from({ length: index }, (_, at) => `${id}.${at}@mail.example`),
      },
    ],
  }));

const mail = (from: string, to: string, sent: string, subject: string, ...body: Mail['body']): Mail => ({
  from,
  to,
  sent,
  subject,
  body,
});

export const officeMail: Topic = {
  genre: 'office',
  documents: [
    ...thread('mail/office', 'seals', [
      mail(
        people.arjun,
        people.marcus,
        '2024-02-20T09:02',
        'Seals for FM-200',
        'Dear Marcus, the EPDM rings harden above 60 °C. What else do you have in that size?',
      ),
      mail(
        people.marcus,
        people.arjun,
        '2024-02-20T15:44',
        '',
        fact('Take FKM 70 in brown, our number THS-2118-70, from stock on Friday.', [
          'identifier',
          'THS211870',
        ]),
        'The price is about double, and they swell less.',
      ),
      mail(
        people.arjun,
        people.marcus,
        '2024-03-01T10:30',
        '',
        fact('Two hundred hours at eighty degrees and not a drop lost.', [
          'paraphrase',
          'result of the endurance trial with the better rings',
        ]),
      ),
    ]),
    ...thread('mail/office', 'stand', [
      mail(
        people.greta,
        people.sandra,
        '2024-03-05T11:00',
        'Stand in Hanover?',
        'Shall we go to the fair this year? The small stand is still free.',
      ),
      mail(
        people.sandra,
        people.greta,
        '2024-03-05T18:21',
        '',
        fact('Only if we share it with the Danes; seven thousand alone is too much for me.', [
          'paraphrase',
          'why did the boss not want to exhibit by ourselves',
        ]),
      ),
      mail(
        people.greta,
        people.sandra,
        '2024-03-11T08:15',
        '',
        fact(
          'Aarhus Flow says yes: hall 11, stand C24, from 22 to 26 April.',
          ['date', 'fair 22 april hall'],
          ['identifier', 'stand C-24'],
        ),
      ),
    ]),
    ...thread('mail/office', 'audit', [
      mail(
        people.beth,
        people.tom,
        '2023-11-13T14:02',
        'Papers for the auditor',
        'Tom, the auditor asks for the stock list again.',
      ),
      mail(
        people.tom,
        people.beth,
        '2023-11-13T16:50',
        '',
        fact('It is in the blue binder, behind the divider marked Swarf.', ['one-word', 'swarf']),
      ),
    ]),
    ...thread('mail/family', 'claire', [
      mail(
        people.claire,
        people.nora,
        '2023-02-26T19:30',
        'Easter in Lyon',
        'Dear Nora, come whenever you like, the children are looking forward to it.',
      ),
      mail(
        people.nora,
        people.claire,
        '2023-02-27T07:58',
        '',
        fact('We would love to stay from the fifth until Easter Monday.', [
          'paraphrase',
          'how many nights are we visiting our French relatives',
        ]),
      ),
      mail(
        people.claire,
        people.nora,
        '2023-02-28T21:10',
        '',
        fact('The sofa bed is for Jonas; I have borrowed a cot mattress for Mila.', [
          'paraphrase',
          'where will the boy sleep at our relatives’ place',
        ]),
      ),
    ]),
    ...thread('mail/family', 'okafor', [
      mail(
        people.okafor,
        people.nora,
        '2024-07-19T12:12',
        'While you are away',
        fact('I will water the tomatoes but please not the orchid, that is bad luck for me.', [
          'person',
          'ngozi okafor tomatoes',
        ]),
      ),
      mail(
        people.nora,
        people.okafor,
        '2024-07-19T13:40',
        '',
        fact('Parcels may go behind the blue crate; the courier knows it.', [
          'words',
          'parcels behind the blue crate',
        ]),
      ),
    ]),
    {
      file: 'mail/office/2024-03-18 Drawings for approval.eml',
      date: '2024-03-18',
      mails: [
        {
          ...mail(
            people.wei,
            people.tom,
            '2024-03-18T06:31',
            'Drawings for approval',
            'Dear Tom, please find attached the drawing notes and the price list. Best regards, Wei',
          ),
          attachments: [
            {
              file: 'drawing notes HL-7.docx',
              title: 'Drawing notes HL-7',
              body: [
                fact('Chamfer on the inlet is 0.5 mm by 45 degrees, not 30.', [
                  'attachment',
                  'chamfer on the inlet',
                ]),
                fact('Surface Ra 0.8 inside the measuring tube.', ['attachment', 'roughness Ra 0.8 tube']),
              ],
            },
            {
              file: 'prices.csv',
              title: '',
              body: [
                'item,quantity,unit price',
                fact('HL-7 body,500,USD 21.40', ['attachment', 'unit price of 500 HL-7 bodies']),
              ],
            },
          ],
        },
      ],
    },
    {
      file: 'mail/office/2023-09-27 Minutes of the call.eml',
      date: '2023-09-27',
      mails: [
        {
          ...mail(
            people.greta,
            people.tom,
            '2023-09-27T16:40',
            'Minutes of the call',
            'See the attachment. Greta',
          ),
          attachments: [
            {
              file: 'call with Aarhus.pdf',
              title: 'Call with Aarhus Flow',
              body: [
                fact('Aarhus will pay half of the approval for drinking water.', [
                  'attachment',
                  'who shares the cost of the drinking water approval',
                ]),
                fact('Their engineer Birgitte Holm visits in week 43.', [
                  'attachment',
                  'birgitte holm visit',
                ]),
              ],
            },
          ],
        },
      ],
    },
    {
      file: 'mail/family/2024-01-30 Inventory after burglary.eml',
      date: '2024-01-30',
      mails: [
        {
          ...mail(
            people.nora,
            'claims@tidewater.example',
            '2024-01-30T10:00',
            'Cellar break-in, list',
            'As discussed, the list is attached as a text file.',
          ),
          attachments: [
            {
              file: 'stolen.txt',
              title: '',
              body: [
                fact('Road bike, Condor, frame number CN5582-61, bought 2019.', [
                  'attachment',
                  'condor frame number CN558261',
                ]),
                fact('Two sleeping bags and the red toboggan.', ['attachment', 'toboggan stolen']),
              ],
            },
          ],
        },
      ],
    },
    {
      file: 'mail/family/2022-04-04 Grandpa’s speech.eml',
      date: '2022-04-04',
      mails: [
        {
          ...mail(
            people.tom,
            people.nora,
            '2022-04-04T22:15',
            'Grandpa’s speech',
            'He wants it read at the party.',
          ),
          attachments: [
            {
              file: 'speech.odt',
              title: 'For my eightieth',
              body: [
                fact('I met Edith on the Severn ferry when she dropped her hat in the water.', [
                  'attachment',
                  'how grandpa got to know edith',
                ]),
                fact('Whoever wants the lathe must also take the shed.', [
                  'attachment',
                  'lathe and shed speech',
                ]),
              ],
            },
          ],
        },
      ],
    },
  ],
};
