/** Small files of mail beyond single messages. */
import { strToU8 } from 'fflate';
import { compoundFile } from '../compound-file.ts';
import type { FormatSample } from './format-sample.ts';

const test = 'tests/unit/library/formats/mail.test.ts';

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'));

export const mailSamples = {
  mailbox: {
    fileName: 'letters.mbox',
    bytes: () =>
      strToU8(
        'From ann@x.example Fri May 17 09:30:00 2024\nMessage-ID: <17@x.example>\nSubject: The roof\nFrom: ann@x.example\n\nIt leaks.\n>From here on it is wet.\n\nFrom bert@x.example Sat May 18 09:30:00 2024\nSubject: Re: The roof\n\nBring a bucket.\n',
      ),
    finds: ['Mailbox with 2 messages'],
    title: 'letters',
    test,
  },
  outlook: {
    fileName: 'roof.msg',
    bytes: () =>
      compoundFile({
        '__properties_version1.0': new Uint8Array(32),
        '__substg1.0_0037001F': utf16('The roof'),
        '__substg1.0_0C1A001F': utf16('Ann Ames'),
        '__substg1.0_1000001F': utf16('It leaks again.\r\n\r\n\r\n\r\nBring a bucket.'),
        '__recip_version1.0_#00000000': {
          '__properties_version1.0': new Uint8Array(8),
          '__substg1.0_3001001F': utf16('Bert Bee'),
        },
        '__attach_version1.0_#00000000': {
          '__properties_version1.0': new Uint8Array(8),
          '__substg1.0_3707001F': utf16('offer.txt'),
          '__substg1.0_37010102': strToU8('Nine hundred crowns.'),
        },
      }),
    finds: ['From: Ann Ames\nTo: Bert Bee', 'It leaks again.\n\nBring a bucket.', 'Attachments: offer.txt'],
    headings: ['The roof'],
    title: 'The roof',
    test,
  },
} satisfies Partial<Record<string, FormatSample>>;
