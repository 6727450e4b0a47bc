/** Reads Org files: headings, text, blocks of code, tables. Drawers, remarks and planning keywords are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { factDate, listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { addCodeLines, addFlowingLine, addHeading } from './structured-lines.ts';

export const readOrg: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  const facts = addOrg(builder, decodeText(bytes));
  return builder.finish({ kind: 'org', facts, fileName, emptyReason: 'The file holds no text.' });
};

const addOrg = (builder: DocumentBuilder, source: string): StatedFacts => {
  const stated = new Map<string, string>();
  let inDrawer = false;
  let block: string[] | null = null;
  for (const line of source.split('\n')) {
    const keyword = /^\s*#\+([\w-]+):?\s*(.*)$/.exec(line);
    const name = keyword?.[1]?.toLowerCase() ?? '';
    if (block) {
      if (name.startsWith('end_')) {
        addCodeLines(builder, block);
        block = null;
      } else block.push(line);
    } else if (/^\s*:END:\s*$/i.test(line)) inDrawer = false;
    else if (inDrawer || /^\s*# /.test(line) || /^\s*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/.test(line))
      continue;
    else if (/^\s*:[\w-]+:\s*$/.test(line)) inDrawer = true;
    else if (name.startsWith('begin_src') || name.startsWith('begin_example')) block = [];
    else if (keyword) {
      if (keyword[2] && !stated.has(name)) stated.set(name, keyword[2]);
    } else {
      const heading =
        /^(\*+)\s+(?:(?:TODO|DONE|NEXT|WAIT(?:ING)?|CANCELL?ED)\s+)?(.*?)(?:\s+:[\w@:#%]+:)?\s*$/.exec(line);
      if (heading) addHeading(builder, heading[1]!.length, inline(heading[2]!));
      else addFlowingLine(builder, inline(line));
    }
  }
  if (block) addCodeLines(builder, block);
  return {
    title: stated.get('title'),
    authors: listedValues(stated.get('author'), /;/),
    date: factDate(stated.get('date')?.replace(/^[<[](\d{4}-\d\d-\d\d).*$/, '$1')),
    tags: [...listedValues(stated.get('filetags'), /[:\s]+/), ...listedValues(stated.get('keywords'))],
    language: stated.get('language'),
  };
};

const inline = (text: string): string =>
  text
    .replace(/\[\[[^\]]*\]\[([^\]]*)\]\]/g, '$1')
    .replace(/\[\[(?:\w+:)?([^\]]*)\]\]/g, '$1')
    .replace(/(^|[\s("'])([*/_=~+])(\S(?:.*?\S)?)\2(?=$|[\s.,;:!?)"'-])/g, '$1$3');
