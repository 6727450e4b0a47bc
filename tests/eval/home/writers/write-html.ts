/** Writes a web page as people save it: with a menu and a footer around the text. */
import type { HomeDocument } from '../home-document.ts';
import { type Block, blocksOf } from './blocks.ts';
import { escapeXml } from './escape-xml.ts';

export function writeHtml({ title = '', date, language = 'en', body = [] }: HomeDocument): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${escapeXml(title)}</title><meta name="date" content="${date}">
<style>body { font-family: sans-serif } nav { color: #888 }</style><script>window.seen = true;</script></head>
<body>
<nav><a href="/">Home</a> <a href="/help">Help</a> <a href="/account">Account</a></nav>
<main>
<h1>${escapeXml(title)}</h1>
${htmlOf(blocksOf(body))}
</main>
<footer>All rights reserved.</footer>
</body>
</html>
`;
}

export function htmlOf(blocks: readonly Block[]): string {
  const tags = { heading: 'h2', paragraph: 'p', item: 'li' } as const;
  return blocks
    .map((block) => {
      if (block.type === 'row') {
        return `<table><tr>${block.cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join('')}</tr></table>`;
      }
      const tag = tags[block.type];
      const element = `<${tag}>${escapeXml(block.text)}</${tag}>`;
      return block.type === 'item' ? `<ul>${element}</ul>` : element;
    })
    .join('\n');
}
