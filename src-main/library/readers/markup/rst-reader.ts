/** Reads reStructuredText: headings by their underlines, text, literal blocks. Remarks, link targets and options of directives are left out. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { factDate, listedValues, type StatedFacts } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { addCodeLines, addFlowingLine, addHeading } from './structured-lines.ts';

export const readRst: Reader = async ({ bytes, fileName }) => {
  const builder = new DocumentBuilder();
  const facts = addRst(builder, decodeText(bytes).split('\n'));
  return builder.finish({ kind: 'rst', facts, fileName, emptyReason: 'The file holds no text.' });
};

const adornment = /^([!-/:-@[-`{-~])\1{2,}\s*$/;

const addRst = (builder: DocumentBuilder, lines: readonly string[]): StatedFacts => {
  const stated = new Map<string, string>();
  /** Which adornment is which level is settled by the order in which they come. */
  const levels: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]!;
    const next = lines[index + 1] ?? '';
    const isOverlined =
      adornment.test(line) && next.trim() !== '' && (lines[index + 2] ?? '').trim() === line.trim();
    const isUnderlined =
      /^\S/.test(line) && adornment.test(next) && next.trim().length >= Math.min(3, line.trim().length);
    if (isOverlined || (isUnderlined && !adornment.test(line))) {
      const style = `${isOverlined ? 'over' : ''}${(isOverlined ? line : next)[0]}`;
      if (!levels.includes(style)) levels.push(style);
      addHeading(builder, levels.indexOf(style) + 1, inline(isOverlined ? next : line));
      index += isOverlined ? 2 : 1;
      continue;
    }
    const directive = /^(\s*)\.\.\s+([\w:-]+)::\s*(.*)$/.exec(line);
    const field = /^:([\w -]+):\s+(.+)$/.exec(line);
    if (directive) {
      const end = endOfBlock(lines, index + 1, directive[1]!.length);
      const block = lines.slice(index + 1, end).filter((inner) => !/^\s+:[\w-]+:/.test(inner));
      if (/code|literal|math|parsed/.test(directive[2]!)) addCodeLines(builder, dedent(block));
      else {
        if (!/^(?:image|figure|include|toctree|raw|contents|index)$/.test(directive[2]!) && directive[3])
          builder.addText(`${inline(directive[3])} `);
        if (!/^(?:raw|toctree|contents|index|include)$/.test(directive[2]!))
          for (const inner of dedent(block)) addFlowingLine(builder, inline(inner));
      }
      builder.breakParagraph();
      index = end - 1;
    } else if (/^\.\.(?:\s|$)/.test(line)) index = endOfBlock(lines, index + 1, 0) - 1;
    else if (field) stated.set(field[1]!.toLowerCase(), field[2]!);
    else if (/::\s*$/.test(line) && line.trim() !== '::') {
      addFlowingLine(builder, inline(line.replace(/::\s*$/, ':')));
      const end = endOfBlock(lines, index + 1, indentOf(line));
      addCodeLines(builder, dedent(lines.slice(index + 1, end)));
      index = end - 1;
    } else if (!adornment.test(line) && line.trim() !== '::') addFlowingLine(builder, inline(line));
    else builder.breakParagraph();
  }
  return {
    authors: listedValues(stated.get('author') ?? stated.get('authors'), /;/),
    date: factDate(stated.get('date')),
    tags: listedValues(stated.get('tags') ?? stated.get('keywords')),
    title: stated.get('title'),
  };
};

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** First line at or after `start` that stands no deeper than `indent` and is not empty. */
const endOfBlock = (lines: readonly string[], start: number, indent: number): number => {
  let end = start;
  for (let index = start; index < lines.length; index++) {
    if (lines[index]!.trim() === '') continue;
    if (indentOf(lines[index]!) <= indent) return end;
    end = index + 1;
  }
  return end;
};

const dedent = (lines: readonly string[]): string[] => {
  const indent = lines
    .filter((line) => line.trim() !== '')
    .reduce((least, line) => Math.min(least, indentOf(line)), 99);
  return lines.map((line) => line.slice(indent));
};

const inline = (text: string): string =>
  text
    .replace(/:[\w:+-]+:`([^`<]*?)\s*(?:<[^>`]*>)?`/g, '$1')
    .replace(/``(.+?)``/g, '$1')
    .replace(/`([^`<]+?)\s*(?:<[^>`]*>)?`_{0,2}/g, '$1')
    .replace(/\*\*(.+?)\*\*/g, '$1')
    .replace(/(^|\s)\*(\S(?:.*?\S)?)\*(?=$|[\s.,;:!?])/g, '$1$2');
