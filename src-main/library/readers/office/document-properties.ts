/** What office documents and e-books state about themselves: Office Open XML's core properties, OpenDocument's meta.xml, an e-book's metadata. */
import { factDate, listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import { parseXml } from '../xml.ts';

/** `xml` is docProps/core.xml, meta.xml or an e-book's package file: the Dublin Core names in them are the same. */
export const documentProperties = (xml: string): StatedFacts => {
  const found = valuesByName(xml);
  const first = (...names: string[]) => names.flatMap((name) => found.get(name) ?? [])[0];
  return {
    title: first('dc:title'),
    authors: (found.get('dc:creator') ?? found.get('meta:initial-creator') ?? []).flatMap((line) =>
      listedValues(line, /;/),
    ),
    tags: [
      ...(found.get('cp:keywords') ?? []),
      ...(found.get('meta:keyword') ?? []),
      ...(found.get('dc:subject') ?? []),
    ].flatMap((line) => listedValues(line)),
    date: factDate(first('dcterms:modified', 'dc:date', 'dcterms:created', 'meta:creation-date')),
    language: first('dc:language'),
  };
};

const valuesByName = (xml: string): Map<string, string[]> => {
  const found = new Map<string, string[]>();
  const open: { name: string; text: string }[] = [];
  parseXml(xml, {
    open: (name) => open.push({ name, text: '' }),
    text: (text) => {
      const innermost = open.at(-1);
      if (innermost) innermost.text += text;
    },
    close: () => {
      const closed = open.pop();
      const text = closed?.text.trim();
      if (closed && text) found.set(closed.name, [...(found.get(closed.name) ?? []), text]);
    },
  });
  return found;
};
