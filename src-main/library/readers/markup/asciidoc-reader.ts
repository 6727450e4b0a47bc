/** Reads AsciiDoc: headings, text, listings. Remarks, attributes of blocks and their delimiters are left out; nothing is included from other files. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { factDate, listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { addCodeLines, addFlowingLine, addHeading } from './structured-lines.ts';

export const readAsciidoc: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  const facts = addAsciidoc(builder, decodeText(bytes).split('\n'));
  return builder.finish({ kind: 'asciidoc', facts, fileName, emptyReason: 'The file holds no text.' });
};

const addAsciidoc = (builder: DocumentBuilder, lines: readonly string[]): StatedFacts => {
  const stated = new Map<string, string>();
  let code: { delimiter: string; lines: string[] } | null = null;
  let inRemark = false;
  let inHeader = false;
  for (const line of lines) {
    const trimmed = line.trimEnd();
    const heading = /^(={1,6})\s+(\S.*)$/.exec(trimmed);
    const attribute = /^:([\w-]+):\s*(.*)$/.exec(trimmed);
    if (code) {
      if (trimmed === code.delimiter) {
        addCodeLines(builder, code.lines);
        code = null;
      } else code.lines.push(line);
    } else if (/^\/{4,}$/.test(trimmed)) inRemark = !inRemark;
    else if (inRemark || /^\/\/(?!\/)/.test(trimmed)) continue;
    else if (/^(?:-{4,}|\.{4,}|\+{4,})$/.test(trimmed)) code = { delimiter: trimmed, lines: [] };
    else if (heading) {
      addHeading(builder, heading[1]!.length, inline(heading[2]!));
      inHeader = heading[1]!.length === 1 && stated.size === 0;
    } else if (attribute) stated.set(attribute[1]!.toLowerCase(), attribute[2]!);
    else if (inHeader && /^[\p{Lu}][\p{L}. '-]+(?:<[^>]+>)?(?:;|$)/u.test(trimmed))
      stated.set('author', trimmed.replace(/\s*<[^>]*>/g, ''));
    else if (inHeader && /^v?[\d.]*,?\s*\d{4}-\d\d-\d\d/.test(trimmed))
      stated.set('revdate', /\d{4}-\d\d-\d\d/.exec(trimmed)![0]);
    else if (
      /^(?:\[[^\]]*\]|={4,}|\*{4,}|_{4,}|\|={3,}|--|'{3,}|<<<|ifdef::.*|ifndef::.*|endif::.*|include::.*)$/.test(
        trimmed,
      )
    ) {
      builder.breakParagraph();
    } else {
      const title = /^\.(\p{L}.*)$/u.exec(trimmed)?.[1];
      addFlowingLine(builder, inline(title ?? trimmed));
      if (title) builder.breakLine();
    }
    if (trimmed === '') inHeader = false;
  }
  if (code) addCodeLines(builder, code.lines);
  return {
    authors: listedValues(stated.get('author') ?? stated.get('authors'), /;/),
    date: factDate(stated.get('revdate') ?? stated.get('date')),
    tags: listedValues(stated.get('keywords') ?? stated.get('tags')),
    language: stated.get('lang'),
  };
};

const inline = (text: string): string =>
  text
    .replace(/(?:https?:\/\/[^\s[\]]+|link:\S+?|mailto:[^\s[\]]+)\[([^\]]+)\]/g, '$1')
    .replace(/<<[^,>]+,([^>]+)>>/g, '$1')
    .replace(/(?:image|video|audio)::?\S+?\[([^\],]*)[^\]]*\]/g, '$1')
    .replace(/\{(?:nbsp|sp|empty)\}/g, ' ')
    .replace(/(^|[\s("'])([*_`#]{1,2})(\S(?:.*?\S)?)\2(?=$|[\s.,;:!?)"'-])/g, '$1$3');
