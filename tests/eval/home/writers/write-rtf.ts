/** Writes rich text (RTF) in pure ASCII: other characters as \u escapes, as word processors do. */
import type { HomeDocument } from '../home-document.ts';
import { blocksOf, lineOf } from './blocks.ts';

export function writeRtf({ title = '', author = '', body = [] }: HomeDocument): string {
  const lines = blocksOf(body).map((block) =>
    block.type === 'heading'
      ? `\\pard\\b ${escapeRtf(block.text)}\\b0\\par`
      : `\\pard ${escapeRtf(lineOf(block))}\\par`,
  );
  return [
    '{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}',
    `{\\info{\\title ${escapeRtf(title)}}{\\author ${escapeRtf(author)}}}`,
    `\\pard\\b\\fs32 ${escapeRtf(title)}\\b0\\fs22\\par`,
    ...lines,
    '}',
  ]
    .join('\n')
    .concat('\n');
}

const escapeRtf = (text: string): string =>
  text.replace(/[\\{}]/g, '\\$&').replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0)}?`);
