/** Reads mailboxes (mbox, RFC 4155): every message is a document of its own; the mailbox itself says how many there are. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import type { Attachment } from '../../extraction/extracted-document.ts';
import type { Reader } from '../reader.ts';

export const readMailbox: Reader = async ({ bytes, fileName }) => {
  const messages = messagesOf(bytes);
  if (messages.length === 0) {
    return { state: 'failed', reason: 'The file does not begin with a “From ” line, so it is no mailbox.' };
  }
  const builder = new DocumentBuilder();
  builder.addText(
    messages.length === 1 ? 'Mailbox with one message' : `Mailbox with ${messages.length} messages`,
  );
  return builder.finish({
    kind: 'mailbox',
    fileName,
    attachments: messages.map(({ start, end }, index): Attachment => {
      const message = bytes.slice(start, end);
      return { name: messageName(message, index + 1), bytes: message };
    }),
    emptyReason: 'The mailbox holds no messages.',
  });
};

const separator = Buffer.from('From ');
const newline = 10;

/** A message begins after a line with `From ` at its start that follows an empty line or nothing. */
const messagesOf = (bytes: Uint8Array): { start: number; end: number }[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const marks: number[] = [];
  for (let at = buffer.indexOf(separator); at >= 0; at = buffer.indexOf(separator, at + separator.length)) {
    const before = buffer.subarray(Math.max(0, at - 3), at).toString('latin1');
    if (at === 0 || /\n\r?\n$/.test(before)) marks.push(at);
  }
  if (marks[0] !== 0) return [];
  return marks.flatMap((mark, index) => {
    const lineEnd = buffer.indexOf(newline, mark);
    const end = marks[index + 1] ?? buffer.length;
    return lineEnd >= 0 && lineEnd + 1 < end ? [{ start: lineEnd + 1, end }] : [];
  });
};

/** By its own id, so that it stays the same document when messages before it are deleted; its subject is its title. */
const messageName = (message: Uint8Array, number: number): string => {
  const head = Buffer.from(message.subarray(0, 8192)).toString('latin1');
  const id = /^message-id:\s*<([^>@\s]{1,40})/im.exec(head)?.[1];
  return `${id ?? number}.eml`;
};
