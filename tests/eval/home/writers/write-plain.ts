/** Writes what is plain text in an editor: TXT, Markdown with front matter, org and LaTeX. */
import type { HomeDocument } from '../home-document.ts';
import { blocksOf, lineOf, markdownOf } from './blocks.ts';

export const writeText = ({ title, body = [] }: HomeDocument): string =>
  [...(title ? [title] : []), ...blocksOf(body).map(lineOf)].join('\n\n').concat('\n');

export function writeMarkdown(document: HomeDocument): string {
  const { title, author, tags, date } = document;
  const front = [
    '---',
    `title: "${title ?? ''}"`,
    ...(author ? [`author: ${author}`] : []),
    `date: ${date}`,
    ...(tags ? [`tags: [${tags.join(', ')}]`] : []),
    '---',
  ];
  return `${front.join('\n')}\n\n${markdownOf(document)}`;
}

export function writeOrg({ title, author, tags, date, body = [] }: HomeDocument): string {
  const head = [
    `#+TITLE: ${title ?? ''}`,
    ...(author ? [`#+AUTHOR: ${author}`] : []),
    `#+DATE: <${date}>`,
    ...(tags ? [`#+FILETAGS: :${tags.join(':')}:`] : []),
  ];
  const lines = blocksOf(body).map((block) => {
    if (block.type === 'heading') return `* ${block.text}`;
    return block.type === 'item' ? `- [ ] ${block.text}` : lineOf(block);
  });
  return [head.join('\n'), ...lines].join('\n\n').concat('\n');
}

export function writeLatex({ title, author, date, body = [] }: HomeDocument): string {
  const lines = blocksOf(body).map((block) =>
    block.type === 'heading'
      ? `\\section{${block.text}}`
      : lineOf(block).replaceAll('%', '\\%').replaceAll('&', '\\&'),
  );
  return [
    '\\documentclass[11pt]{article}',
    `\\title{${title ?? ''}}\n\\author{${author ?? 'N. N.'}}\n\\date{${date}}`,
    '\\begin{document}\n\\maketitle',
    ...lines,
    '\\end{document}',
  ]
    .join('\n\n')
    .concat('\n');
}
