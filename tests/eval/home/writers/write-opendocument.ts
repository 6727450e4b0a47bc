/** Writes OpenDocument text (ODT), sheets (ODS) and slides (ODP) with the parts that office programs need and no others. */
import { type HomeDocument, textOf } from '../home-document.ts';
import { blocksOf, slidesOf } from './blocks.ts';
import { escapeXml } from './escape-xml.ts';
import { xmlDeclaration, zipParts } from './zip-parts.ts';

const prefixOf = (name: string) => (name.startsWith('drawing') ? 'draw' : name.split(':')[0]);
const namespaces = ['office:1.0', 'text:1.0', 'table:1.0', 'meta:1.0', 'drawing:1.0', 'presentation:1.0']
  .map((name) => `xmlns:${prefixOf(name)}="urn:oasis:names:tc:opendocument:xmlns:${name}"`)
  .join(' ')
  .concat(' xmlns:dc="http://purl.org/dc/elements/1.1/"');

export function writeOpenDocumentText(document: HomeDocument): Uint8Array {
  const { title, body = [] } = document;
  const blocks = blocksOf(body).map((block) => {
    if (block.type === 'heading') return `<text:h text:outline-level="2">${escapeXml(block.text)}</text:h>`;
    if (block.type === 'item') {
      return `<text:list><text:list-item>${paragraph(block.text)}</text:list-item></text:list>`;
    }
    return block.type === 'row' ? table('T', [block.cells]) : paragraph(block.text);
  });
  const heading = title ? `<text:h text:outline-level="1">${escapeXml(title)}</text:h>` : '';
  return pack('text', document, `<office:text>${heading}${blocks.join('')}</office:text>`);
}

export function writeOpenDocumentSheet(document: HomeDocument): Uint8Array {
  const sheets = (document.sheets ?? []).map(({ name, rows }) =>
    table(
      name,
      rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell : textOf(cell)))),
    ),
  );
  return pack('spreadsheet', document, `<office:spreadsheet>${sheets.join('')}</office:spreadsheet>`);
}

/** A slide for the title and one for each section. */
export function writeOpenDocumentSlides(document: HomeDocument): Uint8Array {
  const slides = slidesOf(document);
  const frame = (kind: string, lines: readonly string[]) =>
    `<draw:frame presentation:class="${kind}"><draw:text-box>${lines.map(paragraph).join('')}</draw:text-box></draw:frame>`;
  const pages = slides.map(
    ({ title, lines }, index) =>
      `<draw:page draw:name="page${index + 1}">${frame('title', [title])}${lines.length > 0 ? frame('outline', lines) : ''}</draw:page>`,
  );
  return pack('presentation', document, `<office:presentation>${pages.join('')}</office:presentation>`);
}

function pack(
  kind: 'text' | 'spreadsheet' | 'presentation',
  { title, author }: HomeDocument,
  body: string,
): Uint8Array {
  const type = `application/vnd.oasis.opendocument.${kind}`;
  return zipParts({
    mimetype: type,
    'META-INF/manifest.xml': `${xmlDeclaration}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="${type}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/><manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>`,
    'meta.xml': `${xmlDeclaration}<office:document-meta ${namespaces} office:version="1.2"><office:meta><dc:title>${escapeXml(title ?? '')}</dc:title><dc:creator>${escapeXml(author ?? '')}</dc:creator></office:meta></office:document-meta>`,
    'content.xml': `${xmlDeclaration}<office:document-content ${namespaces} office:version="1.2"><office:body>${body}</office:body></office:document-content>`,
  });
}

const paragraph = (text: string): string => `<text:p>${escapeXml(text)}</text:p>`;

function table(name: string, rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) =>
    typeof value === 'number'
      ? `<table:table-cell office:value-type="float" office:value="${value}">${paragraph(String(value))}</table:table-cell>`
      : `<table:table-cell office:value-type="string">${paragraph(value)}</table:table-cell>`;
  const lines = rows.map((row) => `<table:table-row>${row.map(cell).join('')}</table:table-row>`);
  return `<table:table table:name="${escapeXml(name)}">${lines.join('')}</table:table>`;
}
