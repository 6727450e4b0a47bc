/** Mailboxes: many messages in one file, of which one answers. */
import { fact, type Mail, type Topic } from '../home-document.ts';

const mail = (from: string, to: string, sent: string, subject: string, ...body: Mail['body']): Mail => ({
  from,
  to,
  sent,
  subject,
  body,
});

export const mailboxes: Topic = {
  genre: 'office',
  documents: [
    {
      file: 'mail/archive/allotment-list 2022.mbox',
      date: '2022-12-31',
      mails: [
        mail(
          'Secretary <sec@ashleyvale.example>',
          'list@ashleyvale.example',
          '2022-02-08T18:00',
          'Manure',
          'The load comes on Saturday. Bring barrows.',
        ),
        mail(
          'Desmond Clarke <des@clarke.example>',
          'list@ashleyvale.example',
          '2022-03-15T07:12',
          'Water',
          fact('The taps are turned on from 1 April, the lower one drips.', [
            'mailbox',
            'when are the allotment taps turned on',
          ]),
        ),
        mail(
          'Secretary <sec@ashleyvale.example>',
          'list@ashleyvale.example',
          '2022-06-20T21:33',
          'Shed break-ins',
          fact('Take the strimmer home; three padlocks were cut on Sunday.', [
            'mailbox',
            'three padlocks were cut',
          ]),
        ),
        mail(
          'Hilda Marsh <hilda@marsh.example>',
          'list@ashleyvale.example',
          '2022-09-04T12:00',
          'Surplus',
          fact('Damsons on plot 12 are free for whoever brings a ladder.', ['mailbox', 'free damsons']),
        ),
        mail(
          'Secretary <sec@ashleyvale.example>',
          'list@ashleyvale.example',
          '2022-11-11T19:45',
          'Annual meeting',
          fact('The meeting chose Hilda as treasurer, with one abstention.', [
            'mailbox',
            'new treasurer of the allotments',
          ]),
        ),
      ],
    },
    {
      file: 'mail/archive/support 2023.mbox',
      date: '2023-12-22',
      mails: [
        mail(
          'Ruth Ellery <ruth@ellerycider.example>',
          'support@pikeharlow.example',
          '2023-04-12T10:05',
          'Display',
          'Our display shows zero when the pump runs.',
        ),
        mail(
          'Yusuf Demir <yusuf@pikeharlow.example>',
          'Ruth Ellery <ruth@ellerycider.example>',
          '2023-04-12T13:20',
          'Re: Display',
          fact(
            'Swap the brown and the white lead on terminal 5.',
            ['typing-error', 'swop brwon and whit lead'],
            ['mailbox', 'display shows zero swap brown and white lead'],
          ),
        ),
        mail(
          'Owen Pryce <owen@prycefarm.example>',
          'support@pikeharlow.example',
          '2023-07-03T09:41',
          'Milk line',
          fact('After cleaning with caustic soda the reading jumps by four litres.', [
            'mailbox',
            'reading jumps after caustic cleaning',
          ]),
        ),
        mail(
          'Arjun Rao <arjun@pikeharlow.example>',
          'Owen Pryce <owen@prycefarm.example>',
          '2023-07-05T15:00',
          'Re: Milk line',
          fact('Parameter P17 set to 3 ignores the foam.', ['mailbox', 'P-17 foam']),
        ),
        mail(
          'Lakshmi Nair <l.nair@harbourbrew.example>',
          'support@pikeharlow.example',
          '2023-12-22T16:16',
          'Thanks',
          fact('Since the update our losses fell from three barrels to half a one each week.', [
            'mailbox',
            'lakshmi nair losses after the update',
          ]),
        ),
      ],
    },
    {
      file: 'mail/archive/Inbox 2019.mbox',
      date: '2019-12-30',
      mails: [
        mail(
          'Old Duke Folk Night <gigs@oldduke.example>',
          'Tom Harlow <tom@pikeharlow.example>',
          '2019-05-02T11:00',
          'Your slot',
          fact('You play second, at nine, two songs and no amplifier.', ['mailbox', 'folk night slot']),
        ),
        mail(
          'Ken Harlow <ken@harlow.example>',
          'Tom Harlow <tom@pikeharlow.example>',
          '2019-08-18T20:20',
          'Boat',
          fact('The mooring at Saul costs me £43 a month and the bilge is dry.', [
            'mailbox',
            'mooring at saul cost',
          ]),
        ),
        mail(
          'Edith Harlow <edith@harlow.example>',
          'Tom Harlow <tom@pikeharlow.example>',
          '2019-12-30T09:09',
          'Wool',
          'Tell Nora that the blue wool is discontinued.',
        ),
      ],
    },
  ],
};
