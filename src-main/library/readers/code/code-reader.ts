/** Reads source code: its text as it is, cut at functions and classes, each with the remarks right above it. */
import { DocumentBuilder } from '../../extraction/document-builder.ts';
import { decodeText } from '../decode-text.ts';
import type { Reader } from '../reader.ts';
import { definitionOf } from './definition-of.ts';
import { programLanguage } from './program-languages.ts';

export const readCode: Reader = async ({ bytes, fileName }) => {
  const language = programLanguage(fileName);
  const lines = decodeText(bytes).replace(/\f/g, '\n').split('\n');
  const builder = new DocumentBuilder();
  builder.addLines(language ? withHeadings(lines, language.family) : lines.map((text) => ({ text })));
  return builder.finish({
    kind: 'code',
    // A heading in a program is the name of one part of it; what the whole is called is its file's name.
    title: fileName,
    keywords: language ? [language.name] : [],
    fileName,
    emptyReason: 'The file holds no code.',
  });
};

type Line = { text: string; heading?: { level: number; title: string } };

const withHeadings = (lines: readonly string[], family: Parameters<typeof definitionOf>[1]): Line[] => {
  const result: Line[] = lines.map((text) => ({ text }));
  for (const [index, line] of lines.entries()) {
    const definition = definitionOf(line, family);
    if (!definition) continue;
    let start = index;
    while (start > 0 && belongsToNext(lines[start - 1]!) && !result[start - 1]!.heading) start--;
    result[start]!.heading ??= { level: definition.level, title: definition.name };
  }
  return result;
};

/** Remarks, attributes and decorators that say something of the line below. */
const belongsToNext = (line: string): boolean =>
  /^\s*(?:\/\/|\/?\*|#(?!include|define|if|endif|pragma)|--|;;|%|@\w|\[\w)/.test(line);
