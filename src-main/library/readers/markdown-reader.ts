/**
 * Reads Markdown into the text a reader of the page would see: markers go, words, code and table cells stay. Front
 * matter says what the document is and is no part of its text.
 */
import { marked, type Token, type Tokens } from 'marked';
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { decodeText } from './decode-text.ts';
import { addHtml } from './html-reader.ts';
import { splitFrontMatter } from './markup/front-matter.ts';
import type { Reader } from './reader.ts';

export const readMarkdown: Reader = async ({ bytes, fileName }) => {
  const { facts, body } = splitFrontMatter(decodeText(bytes));
  const builder = new DocumentBuilder();
  addMarkdown(builder, body);
  return builder.finish({
    kind: 'markdown',
    facts,
    fileName,
    emptyReason: 'The file holds no text.',
  });
};

/** Adds the text of `source`, which has no front matter, to `builder`. */
export const addMarkdown = (builder: DocumentBuilder, source: string): void =>
  addBlocks(builder, marked.lexer(source));

const addBlocks = (builder: DocumentBuilder, tokens: readonly Token[]): void => {
  for (const token of tokens) {
    switch (token.type) {
      case 'heading':
        builder.startHeading((token as Tokens.Heading).depth);
        builder.addText(inlineText(token.tokens ?? []));
        builder.endHeading();
        break;
      case 'code':
        builder.breakParagraph();
        builder.addVerbatim((token as Tokens.Code).text);
        builder.breakParagraph();
        break;
      case 'list':
        addList(builder, token as Tokens.List);
        break;
      case 'table':
        addTable(builder, token as Tokens.Table);
        break;
      case 'html':
        addHtml(builder, token.raw);
        break;
      case 'blockquote':
        builder.breakParagraph();
        addBlocks(builder, token.tokens ?? []);
        builder.breakParagraph();
        break;
      case 'paragraph':
        builder.breakParagraph();
        addInline(builder, token.tokens ?? []);
        builder.breakParagraph();
        break;
      case 'text':
        addInline(builder, token.tokens ?? [token]);
        break;
      default:
        // Spaces, rules and link definitions carry no text.
        builder.breakParagraph();
    }
  }
};

const addList = (builder: DocumentBuilder, list: Tokens.List): void => {
  let number = Number(list.start) || 1;
  for (const item of list.items) {
    builder.breakLine();
    builder.addText(list.ordered ? `${number++}. ` : '- ');
    for (const token of item.tokens) {
      // A loose list's paragraphs stay with their marker.
      if (token.type === 'paragraph') addInline(builder, token.tokens ?? []);
      else addBlocks(builder, [token]);
    }
  }
  builder.breakParagraph();
};

const addTable = (builder: DocumentBuilder, table: Tokens.Table): void => {
  builder.breakParagraph();
  for (const row of [table.header, ...table.rows]) {
    builder.breakLine();
    builder.addText(row.map((cell) => inlineText(cell.tokens).trim()).join(' | '));
  }
  builder.breakParagraph();
};

const addInline = (builder: DocumentBuilder, tokens: readonly Token[]): void => {
  const [first, ...others] = inlineText(tokens).split('\n');
  builder.addText(first ?? '');
  for (const line of others) {
    builder.breakLine();
    builder.addText(line);
  }
};

/** Soft and hard line breaks come out as newlines. */
const inlineText = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'br') return '\n';
      if (token.type === 'html') return '';
      if (token.type === 'image') return (token as Tokens.Image).text;
      if ('tokens' in token && token.tokens) return inlineText(token.tokens);
      return 'text' in token && typeof token.text === 'string' ? decodeEntities(token.text) : '';
    })
    .join('');

/** The lexer leaves character references as written; code spans, which must stay literal, seldom hold any. */
const decodeEntities = (text: string): string =>
  text
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
