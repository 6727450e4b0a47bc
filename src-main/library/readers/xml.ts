/** Walks through XML as office formats and e-books hold it: elements, their attributes, their text. Checks nothing against a schema. */
import { Parser } from 'htmlparser2';

export type XmlHandler = {
  /** Names carry their prefix, as in `w:p`. */
  open?: (name: string, attributes: Record<string, string>) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

/** Never throws: what is damaged is read as far as it goes. */
export const parseXml = (xml: string, handler: XmlHandler): void => {
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open?.(name, attributes),
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => handler.close?.(name),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
};
