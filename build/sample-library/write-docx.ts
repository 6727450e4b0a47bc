/** Writes a Markdown source as a plain Word document with heading styles, lists and tables. */
import { strToU8, zipSync } from 'fflate';
import { marked, type Token, type Tokens } from 'marked';

const namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export const wordDocument = (markdown: string): Uint8Array => {
  const tokens = marked.lexer(markdown);
  const title = tokens.find((token) => token.type === 'heading') as Tokens.Heading;
  const body = tokens.map(block).join('');
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`,
    'word/styles.xml': `${declaration}<w:styles ${namespace}>${style('Normal', 'Normal', 22, false)}${style('Heading1', 'heading 1', 36, true)}${style('Heading2', 'heading 2', 26, true)}</w:styles>`,
    'word/document.xml': `${declaration}<w:document ${namespace}><w:body>${body}</w:body></w:document>`,
    'docProps/core.xml': `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escape(title.text)}</dc:title></cp:coreProperties>`,
  };
  const mtime = new Date(2026, 0, 1, 12);
  return zipSync(
    Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, [strToU8(xml), { mtime }] as const])),
  );
};

const block = (token: Token): string => {
  if (token.type === 'heading') return paragraph(token.text, `Heading${(token as Tokens.Heading).depth}`);
  if (token.type === 'paragraph') return paragraph(token.text);
  if (token.type === 'list') return (token as Tokens.List).items.map((item) => paragraph(`• ${item.text}`)).join('');
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    const cells = (row: Tokens.TableCell[]) => row.map((cell) => `<w:tc>${paragraph(cell.text)}</w:tc>`).join('');
    return `<w:tbl>${[header, ...rows].map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
  }
  return '';
};

const paragraph = (text: string, styleId = 'Normal'): string =>
  `<w:p><w:pPr><w:pStyle w:val="${styleId}"/></w:pPr><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`;

const style = (id: string, name: string, halfPoints: number, bold: boolean): string =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:rPr>${bold ? '<w:b/>' : ''}<w:sz w:val="${halfPoints}"/></w:rPr></w:style>`;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
