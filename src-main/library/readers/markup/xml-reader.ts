/** Reads XML of no format that is known: the text of its elements with their names, and the values of attributes. It fetches nothing and expands no entities. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { parseXml } from '../xml.ts';

export const readXml: Reader = async ({ bytes, fileName }) => {
  const declared = /^[^>]*encoding\s*=\s*["']([\w-]+)/.exec(
    Buffer.from(bytes.subarray(0, 200)).toString('latin1'),
  )?.[1];
  const builder = new DocumentBuilder();
  const title = addXml(builder, decodeText(bytes, declared));
  return builder.finish({ kind: 'xml', facts: { title }, fileName, emptyReason: 'The file holds no text.' });
};

/** The answer is the text of the first element called `title` near the root. */
const addXml = (builder: DocumentBuilder, xml: string): string | undefined => {
  /** Whether text of its own has been seen in each open element: what comes inside it then runs on in the line. */
  const open: { name: string; hasText: boolean }[] = [];
  let title: string | undefined;
  parseXml(xml, {
    open(name, attributes) {
      if (!open.at(-1)?.hasText) builder.breakLine();
      open.push({ name, hasText: false });
      const stated = Object.entries(attributes).filter(
        ([key, value]) => !key.startsWith('xml') && /\p{L}{2}/u.test(value) && !/^\w+:\/\//.test(value),
      );
      if (stated.length > 0) {
        builder.addText(`${name} ${stated.map(([key, value]) => `${key}: ${value}`).join(' | ')} `);
        builder.breakLine();
      }
    },
    text(text) {
      const element = open.at(-1);
      if (!element || text.trim() === '') {
        builder.addText(text);
        return;
      }
      const isInline = open.at(-2)?.hasText ?? false;
      if (!element.hasText && !isInline) builder.addText(`${element.name}: `);
      if (/(?:^|:)title$/i.test(element.name) && open.length <= 3 && !element.hasText) title ??= text;
      element.hasText = true;
      builder.addText(text);
    },
    close() {
      open.pop();
      if (!open.at(-1)?.hasText) builder.breakLine();
    },
  });
  return title;
};
