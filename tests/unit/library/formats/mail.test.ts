/** Mailboxes and Outlook's messages: which documents are inside them, and what those hold. */
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../../src-main/library/extraction/extract-document.ts';
import { readAttachments } from '../../../../src-main/library/extraction/read-attachments.ts';
import { formatSamples } from '../../../support/format-samples.ts';

const inside = async (fileName: string, bytes: Uint8Array) => {
  const outcome = await extractDocument(fileName, bytes);
  if (outcome.state !== 'indexed') throw new Error(`${outcome.state}: ${outcome.reason}`);
  const read = await readAttachments(outcome.attachments ?? []);
  return read.map(({ name, outcome: inner }) => [
    name,
    inner.state === 'indexed' ? inner.document.text : inner.state,
  ]);
};

describe('a mailbox', () => {
  it('holds each message as a document, known by its id or its number', async () => {
    expect(await inside('letters.mbox', formatSamples.mailbox.bytes())).toEqual([
      ['17.eml', 'The roof\n\nFrom: ann@x.example\n\nIt leaks.\n>From here on it is wet.'],
      ['2.eml', 'Re: The roof\n\nBring a bucket.'],
    ]);
  });

  it('that begins with no message has failed', async () => {
    expect(await extractDocument('a.mbox', strToU8('words\n\nFrom a\nb'))).toMatchObject({ state: 'failed' });
  });
});

describe('an Outlook message', () => {
  it('hands its attachments on', async () => {
    expect(await inside('roof.msg', formatSamples.outlook.bytes())).toEqual([
      ['offer.txt', 'Nine hundred crowns.'],
    ]);
  });
});

describe('documents inside documents', () => {
  it('are read to a depth that ends', async () => {
    const wrapped = (subject: string, inner: string) =>
      `Subject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b${subject}\r\n\r\n--b${subject}\r\nContent-Type: message/rfc822; name=${subject}.eml\r\nContent-Disposition: attachment; filename=${subject}.eml\r\n\r\n${inner}\r\n--b${subject}--\r\n`;
    let message = 'Subject: end\r\n\r\nthe end';
    for (let depth = 9; depth > 0; depth--) message = wrapped(String(depth), message);
    const names = (await inside('a.eml', strToU8(message))).map(([name]) => name);
    expect(names).toEqual([
      '1.eml',
      '1.eml › 2.eml',
      '1.eml › 2.eml › 3.eml',
      '1.eml › 2.eml › 3.eml › 4.eml',
    ]);
  });
});
