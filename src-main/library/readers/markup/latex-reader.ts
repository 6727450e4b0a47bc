/** Reads LaTeX sources as a person reads the page, as far as that goes without running TeX: text, headings, formulas as written. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { factDate, listedValues } from '../../extraction/document-facts.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { addFlowingLine, addHeading } from './structured-lines.ts';

export const readLatex: Reader = async ({ bytes, fileName }) => {
  const source = decodeText(bytes).replace(/(?<!\\)%.*$/gm, '');
  const begin = source.indexOf('\\begin{document}');
  const end = source.indexOf('\\end{document}');
  const body =
    begin < 0 ? source : source.slice(begin + '\\begin{document}'.length, end < begin ? undefined : end);
  const builder = new DocumentBuilder();
  addLatex(builder, body);
  const stated = (command: string) => {
    const found = argumentOf(source, new RegExp(`\\\\${command}\\s*(?:\\[[^\\]]*\\])?\\s*\\{`));
    return found === undefined ? undefined : inline(found);
  };
  return builder.finish({
    kind: 'latex',
    facts: {
      title: stated('title'),
      authors: listedValues(argumentOf(source, /\\author\s*(?:\[[^\]]*\])?\s*\{/), /\\and\b|\\\\/).map(
        inline,
      ),
      date: factDate(stated('date')),
      tags: listedValues(stated('keywords')),
    },
    fileName,
    emptyReason: 'The file holds no text.',
  });
};

const levels: Record<string, number> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
};

const addLatex = (builder: DocumentBuilder, body: string): void => {
  const heading = /\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\]]*\])?\s*\{/g;
  let at = 0;
  for (let match = heading.exec(body); match; match = heading.exec(body)) {
    addText(builder, body.slice(at, match.index));
    const start = match.index + match[0].length;
    const end = endOfArgument(body, start);
    addHeading(builder, levels[match[1]!]!, inline(body.slice(start, end)));
    at = end + 1;
    heading.lastIndex = at;
  }
  addText(builder, body.slice(at));
};

const addText = (builder: DocumentBuilder, text: string): void => {
  const lines = text
    .replace(/\\item\b\s*(?:\[([^\]]*)\])?/g, (_, label?: string) => `\n- ${label ? `${label} ` : ''}`)
    .replace(/\\(?:begin|end)\{[^}]*\}(?:\[[^\]]*\])?(?:\{[^}]*\})?/g, '\n\n');
  for (const line of lines.split('\n')) addFlowingLine(builder, inline(line));
  builder.breakParagraph();
};

const accents: Record<string, string> = {
  '"': '\u0308',
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '~': '\u0303',
  c: '\u0327',
};
const letters: Record<string, string> = {
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  o: 'ø',
  O: 'Ø',
  aa: 'å',
  AA: 'Å',
  l: 'ł',
  L: 'Ł',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  ldots: '…',
  dots: '…',
};

/** Commands go, their arguments stay, except those of commands that point elsewhere. Formulas keep their commands. */
const inline = (text: string): string =>
  text
    .split(/((?<!\\)\$\$?[^$]*\$\$?)/)
    .map((part, index) => (index % 2 === 1 ? part : plain(part)))
    .join('')
    .normalize('NFC');

const plain = (text: string): string =>
  text
    .replace(
      /\\(?:label|ref|eqref|pageref|cite[pt]?|autocite|parencite|textcite|bibliography(?:style)?|input|include|includegraphics|usepackage|documentclass|vspace|hspace|pagestyle|thispagestyle|newcommand|setlength|index)\*?(?:\[[^\]]*\])*(?:\{[^{}]*\})*/g,
      '',
    )
    .replace(
      /\\(["'`^~])\s*\{?\\?([a-zA-Z])\}?/g,
      (_, accent: string, letter: string) => letter + accents[accent]!,
    )
    .replace(/\\c\{([a-zA-Z])\}/g, (_, letter: string) => letter + accents.c!)
    .replace(/\\href\{[^{}]*\}/g, '')
    .replace(/\\([a-zA-Z]+)\*?(?:\[[^\]]*\])?\s?/g, (_, command: string) => letters[command] ?? '')
    .replace(/\\\\(?:\[[^\]]*\])?/g, ' ')
    .replace(/\\([&%$#_{}])/g, '\ue000$1')
    .replace(/(?<!\ue000)[{}]/g, '')
    .replaceAll('\ue000', '')
    .replace(/(?<!\\)~/g, ' ')
    .replace(/``/g, '“')
    .replace(/''/g, '”')
    .replace(/---/g, '—')
    .replace(/--/g, '–');

/** What stands in the braces that `opening` ends with, or undefined. */
const argumentOf = (source: string, opening: RegExp): string | undefined => {
  const match = opening.exec(source);
  if (!match) return undefined;
  const start = match.index + match[0].length;
  return source.slice(start, endOfArgument(source, start));
};

const endOfArgument = (source: string, start: number): number => {
  let depth = 1;
  for (let index = start; index < source.length; index++) {
    if (source[index] === '\\') index++;
    else if (source[index] === '{') depth++;
    else if (source[index] === '}' && --depth === 0) return index;
  }
  return source.length;
};
