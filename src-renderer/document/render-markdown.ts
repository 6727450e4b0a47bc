/** Markdown to clean DOM nodes. Raw HTML inside Markdown passes the same sanitiser as everything else. */
import { marked } from 'marked';
import { cleanHtml } from './clean-html.ts';

export function renderMarkdown(source: string): DocumentFragment {
  return cleanHtml(marked.parse(source, { async: false, gfm: true }));
}
