/** Reads an e-mail message: subject, people, date and body. Attachments are named, and handed on as documents of their own. */
import PostalMime, { type Address, type Attachment as PostalAttachment } from 'postal-mime';
import { formats } from '../../contract/formats.ts';
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { factDate, listedValues } from '../extraction/document-facts.ts';
import { addHtml } from './html-reader.ts';
import type { Reader } from './reader.ts';

export const readEmail: Reader = async ({ bytes, fileName }) => {
  const message = await PostalMime.parse(bytes);
  const encrypted = message.attachments.some((attachment) =>
    /^application\/(pgp-encrypted|(x-)?pkcs7-mime)$/i.test(attachment.mimeType),
  );
  const body = message.text?.trim() ?? '';
  if (encrypted && body === '' && !message.html) {
    return { state: 'encrypted', reason: 'The message is encrypted.' };
  }
  const builder = new DocumentBuilder();
  const subject = message.subject?.trim();
  if (subject) {
    builder.startHeading(1);
    builder.addText(subject);
    builder.endHeading();
  }
  const details: [string, string | undefined][] = [
    ['From', people(message.from ? [message.from] : [])],
    ['To', people(message.to ?? [])],
    ['Cc', people(message.cc ?? [])],
    ['Date', message.headers.find((header) => header.key === 'date')?.value],
  ];
  for (const [name, value] of details) {
    if (!value) continue;
    builder.addText(`${name}: ${value}`);
    builder.breakLine();
  }
  builder.breakParagraph();
  if (body !== '')
    builder.addVerbatim(
      body
        .replace(/[ \t]*\r?\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .normalize('NFC'),
    );
  else if (message.html) addHtml(builder, message.html);
  const attachments = message.attachments.flatMap((attachment) => attachment.filename ?? []);
  if (attachments.length > 0) {
    builder.breakParagraph();
    builder.addText(`Attachments: ${attachments.join(', ')}`);
  }
  return builder.finish({
    kind: 'email',
    facts: {
      title: subject,
      authors: message.from?.name ? [message.from.name] : [],
      from: people(message.from ? [message.from] : []),
      to: people([...(message.to ?? []), ...(message.cc ?? [])]),
      date: factDate(message.date),
      tags: listedValues(message.headers.find((header) => header.key === 'keywords')?.value),
    },
    fileName,
    attachments: message.attachments.flatMap(toAttachment),
    emptyReason: 'The message holds no text.',
  });
};

/** A message that is sent on often has no name of its own. */
const toAttachment = ({
  filename,
  mimeType,
  content,
}: PostalAttachment): { name: string; bytes: Uint8Array }[] => {
  const extension = formats.find(({ mediaTypes }) => mediaTypes.includes(mimeType.toLowerCase()))
    ?.extensions[0];
  const name = filename ?? (extension ? `attachment.${extension}` : undefined);
  if (!name) return [];
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  const isNamed = /\.[a-z0-9]{1,8}$/i.test(name);
  return [{ name: isNamed || !extension ? name : `${name}.${extension}`, bytes }];
};

const people = (addresses: readonly Address[]): string =>
  addresses
    .flatMap((address) => (address.group ? address.group : [address]))
    .map(({ name, address }) => (name && address ? `${name} <${address}>` : name || address))
    .filter((person) => person)
    .join(', ');
