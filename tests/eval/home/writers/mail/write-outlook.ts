/** Writes a message as Outlook saves it (MSG), with the properties that say who wrote what to whom. */
import { compoundFile } from '../../../../support/compound-file.ts';
import type { Mail } from '../../home-document.ts';
import { blocksOf, lineOf } from '../blocks.ts';
import type { WriteAttachment } from './write-mail.ts';

const text = (value: string) => new Uint8Array(Buffer.from(value, 'utf16le'));

export async function writeOutlook(mail: Mail, writeAttachment: WriteAttachment): Promise<Uint8Array> {
  const attachments: [string, Record<string, Uint8Array>][] = [];
  for (const [index, attachment] of (mail.attachments ?? []).entries()) {
    attachments.push([
      `__attach_version1.0_#${index.toString(16).toUpperCase().padStart(8, '0')}`,
      {
        '__properties_version1.0': new Uint8Array(8),
        '__substg1.0_3707001F': text(attachment.file),
        '__substg1.0_37010102': new Uint8Array(await writeAttachment(attachment)),
      },
    ]);
  }
  const [from, to] = [named(mail.from), named(mail.to)];
  return compoundFile({
    '__properties_version1.0': new Uint8Array(32),
    '__substg1.0_0037001F': text(mail.subject),
    '__substg1.0_0C1A001F': text(from.name),
    '__substg1.0_0C1F001F': text(from.address),
    '__substg1.0_1000001F': text(blocksOf(mail.body).map(lineOf).join('\r\n\r\n')),
    '__recip_version1.0_#00000000': {
      '__properties_version1.0': new Uint8Array(8),
      '__substg1.0_3001001F': text(to.name),
      '__substg1.0_3003001F': text(to.address),
    },
    ...Object.fromEntries(attachments),
  });
}

const named = (person: string): { name: string; address: string } => {
  const [, name = person, address = ''] = /^(.*?)\s*<(.+)>$/.exec(person) ?? [];
  return { name, address };
};
