/** Reads messages that Outlook saved (MSG): subject, people, date and body; attachments are handed on as documents of their own. */
import { createRequire } from 'node:module';
import type { FieldsData } from '@kenjiuno/msgreader';
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { factDate } from '../../extraction/document-facts.ts';
import type { Attachment } from '../../extraction/extracted-document.ts';
import { addHtml } from '../html-reader.ts';
import type { Reader } from '../reader.ts';
import { checkCompoundFile } from './check-compound-file.ts';

/** The package is CommonJS with a default export, which Node and bundlers import differently; required, it is the same everywhere. */
const { default: MsgReader } = createRequire(import.meta.url)(
  '@kenjiuno/msgreader',
) as typeof import('@kenjiuno/msgreader');

export const readOutlook: Reader = async ({ bytes, fileName }) => {
  if (bytes[0] !== 0xd0 || bytes[1] !== 0xcf) {
    return { state: 'failed', reason: 'The file is no container as Outlook writes it.' };
  }
  checkCompoundFile(bytes);
  const reader = new MsgReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const fields = reader.getFileData();
  if (fields.error) return { state: 'failed', reason: `The message cannot be read. (${fields.error})` };
  const subject = fields.subject?.trim();
  const from = person(fields.senderName, fields.senderSmtpAddress ?? fields.senderEmail);
  const to = (fields.recipients ?? [])
    .map((one) => person(one.name, one.smtpAddress ?? one.email))
    .join(', ');
  const sentAt = fields.clientSubmitTime ?? fields.messageDeliveryTime;
  const builder = new DocumentBuilder();
  if (subject) {
    builder.startHeading(1);
    builder.addText(subject);
    builder.endHeading();
  }
  for (const [label, value] of [
    ['From', from],
    ['To', to],
    ['Date', sentAt],
  ]) {
    if (!value) continue;
    builder.addText(`${label}: ${value}`);
    builder.breakLine();
  }
  builder.breakParagraph();
  addBody(builder, fields);
  const attachments = (fields.attachments ?? []).flatMap((attachment) => readAttachment(reader, attachment));
  if (attachments.length > 0) {
    builder.breakParagraph();
    builder.addText(`Attachments: ${attachments.map(({ name }) => name).join(', ')}`);
  }
  return builder.finish({
    kind: 'outlook',
    facts: {
      title: subject,
      authors: fields.senderName ? [fields.senderName] : [],
      from,
      to,
      date: factDate(sentAt),
    },
    fileName,
    attachments,
    emptyReason: 'The message holds no text.',
  });
};

const addBody = (builder: DocumentBuilder, { body, bodyHtml, html }: FieldsData): void => {
  if (body?.trim()) {
    builder.addVerbatim(
      body
        .replace(/[ \t]*\r?\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim(),
    );
    return;
  }
  const page = bodyHtml ?? (html ? new TextDecoder().decode(html) : '');
  if (page) addHtml(builder, page);
};

/** One attachment that is damaged takes no other with it. */
const readAttachment = (reader: InstanceType<typeof MsgReader>, attachment: FieldsData): Attachment[] => {
  try {
    const { fileName, content } = reader.getAttachment(attachment);
    return fileName ? [{ name: fileName, bytes: content }] : [];
  } catch {
    return [];
  }
};

const person = (name: string | undefined, address: string | undefined): string =>
  name && address && name !== address ? `${name} <${address}>` : (name ?? address ?? '');
