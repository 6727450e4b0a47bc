/** Writes a message (EML) with its thread and attachments, and mailboxes (MBOX) of many. */

import type { Attachment, Mail } from '../../home-document.ts';
import { blocksOf, lineOf } from '../blocks.ts';

/** Makes the bytes of an attachment; its file's ending chooses the format. */
export type WriteAttachment = (attachment: Attachment) => Promise<Uint8Array>;

const types: Record<string, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
};

export async function writeMail(mail: Mail, writeAttachment: WriteAttachment): Promise<string> {
  const { attachments = [], references = [] } = mail;
  const text = blocksOf(mail.body).map(lineOf).join('\r\n\r\n');
  const head = [
    `From: ${encodeHeader(mail.from)}`,
    `To: ${encodeHeader(mail.to)}`,
    `Subject: ${encodeHeader(mail.subject)}`,
    `Date: ${new Date(`${mail.sent}Z`).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${mail.id ?? `${mail.sent.replace(/\D/g, '')}@mail.example`}>`,
    ...(references.length > 0
      ? [`In-Reply-To: <${references.at(-1)}>`, `References: ${references.map((id) => `<${id}>`).join(' ')}`]
      : []),
    'MIME-Version: 1.0',
  ];
  const textPart = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}\r\n`;
  if (attachments.length === 0) return `${head.join('\r\n')}\r\n${textPart}`;
  const boundary = `part-${mail.sent.replace(/\D/g, '')}`;
  const parts = [textPart];
  for (const attachment of attachments) {
    const type = types[attachment.file.split('.').at(-1)!] ?? 'application/octet-stream';
    const base64 = Buffer.from(await writeAttachment(attachment))
      .toString('base64')
      .replace(/.{76}/g, '$&\r\n');
    parts.push(
      `Content-Type: ${type}\r\nContent-Disposition: attachment; filename="${attachment.file}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}\r\n`,
    );
  }
  const body = parts.map((part) => `--${boundary}\r\n${part}`).join('');
  return `${head.join('\r\n')}\r\nContent-Type: multipart/mixed; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
}

export async function writeMailbox(
  mails: readonly Mail[],
  writeAttachment: WriteAttachment,
): Promise<string> {
  const messages: string[] = [];
  for (const mail of mails) {
    const address = /<(.+)>/.exec(mail.from)?.[1] ?? mail.from;
    const sent = new Date(`${mail.sent}Z`).toUTCString().split(/[ ,]+/);
    const line = `From ${address} ${sent[0]} ${sent[2]} ${sent[1]} ${sent[4]} ${sent[3]}`;
    const message = (await writeMail(mail, writeAttachment))
      .replaceAll('\r\n', '\n')
      .replace(/^(>*From )/gm, '>$1');
    messages.push(`${line}\n${message}\n`);
  }
  return messages.join('');
}

/** RFC 2047, the display name alone where there is an address. */
function encodeHeader(text: string): string {
  return text.replace(/^[^<]*/, (words) =>
    /[^\x20-\x7e]/.test(words) ? `=?utf-8?B?${Buffer.from(words.trim()).toString('base64')}?= ` : words,
  );
}

/** RFC 2045, lines of at most 76 characters. */
function quotedPrintable(text: string): string {
  return text
    .split('\r\n')
    .map((line) => {
      const encoded = [...Buffer.from(line)].map((byte) =>
        (byte >= 32 && byte <= 126 && byte !== 61) || byte === 9
          ? String.fromCharCode(byte)
          : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
      );
      const lines = [''];
      for (const piece of encoded) {
        if (lines.at(-1)!.length + piece.length > 75) lines.push('');
        lines[lines.length - 1] += piece;
      }
      return lines.join('=\r\n');
    })
    .join('\r\n');
}
