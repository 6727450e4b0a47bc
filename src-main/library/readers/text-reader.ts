/** Reads plain text. Line breaks are kept as they are; a form feed starts a new paragraph. */
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { decodeText } from './decode-text.ts';
import type { Reader } from './reader.ts';

export const readText: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  for (const part of decodeText(bytes).split('\f')) {
    builder.breakParagraph();
    builder.addVerbatim(
      part
        .replace(/^\s*\n/, '')
        .replace(/[ \t]+$/gm, '')
        .replace(/\n{3,}/g, '\n\n'),
    );
  }
  return builder.finish({ kind: 'text', fileName, emptyReason: 'The file holds no text.' });
};
