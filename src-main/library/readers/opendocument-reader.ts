/** Reads OpenDocument text (ODT) and presentations (ODP), whose slides are pages: paragraphs, headings, lists, tables, notes. Deleted revisions and comments are left out; texts have no fixed pages. */
import type { DocumentKind } from '../../contract/formats.ts';
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { documentProperties } from './office/document-properties.ts';
import type { Reader } from './reader.ts';
import { parseXml } from './xml.ts';
import { readZipParts } from './zip-parts.ts';

const wantedParts = new Set(['content.xml', 'meta.xml', 'META-INF/manifest.xml']);
const skipped = new Set([
  'text:tracked-changes',
  'office:annotation',
  'office:forms',
  'text:note-citation',
  'text:page-number',
  'presentation:footer-decl',
  'presentation:date-time-decl',
]);
const paragraphs = new Set(['text:p', 'text:list', 'table:table']);

/** The reader of OpenDocument files of this kind. */
export const openDocumentReader =
  (kind: DocumentKind): Reader =>
  async ({ bytes, fileName }) => {
    const parts = await readZipParts(bytes, (name) => wantedParts.has(name));
    if (parts.get('META-INF/manifest.xml')?.includes('encryption-data')) {
      return { state: 'encrypted', reason: 'The document is protected by a password.' };
    }
    const body = parts.get('content.xml');
    if (body === undefined) {
      return { state: 'failed', reason: 'The archive has no content.xml, so it is no OpenDocument file.' };
    }
    const builder = new DocumentBuilder();
    addOpenDocument(builder, body);
    return builder.finish({
      kind,
      facts: documentProperties(parts.get('meta.xml') ?? ''),
      fileName,
      emptyReason: 'The document holds no text.',
    });
  };

const addOpenDocument = (builder: DocumentBuilder, xml: string): void => {
  let inBody = false;
  let skippedDepth = 0;
  let rowDepth = 0;
  let cellsInRow = 0;
  let slide = 0;
  /** A list item's first paragraph stands beside its marker. */
  let beginsItem = false;
  parseXml(xml, {
    open(name, attributes) {
      if (name === 'office:body') inBody = true;
      if (skippedDepth > 0 || skipped.has(name)) {
        skippedDepth++;
        return;
      }
      if (name === 'draw:page') builder.startPage(++slide);
      else if (name === 'draw:frame' && attributes['presentation:class'] === 'title') builder.startHeading(1);
      else if (name === 'text:h' && rowDepth === 0) {
        builder.startHeading(Math.min(6, Math.max(1, Number(attributes['text:outline-level']) || 1)));
      } else if (name === 'text:list-item' && rowDepth === 0) {
        builder.breakLine();
        builder.addText('- ');
        beginsItem = true;
      } else if (name === 'text:p' && beginsItem) beginsItem = false;
      else if (paragraphs.has(name) && rowDepth === 0) builder.breakParagraph();
      else if (name === 'text:p') builder.addText(' ');
      else if (name === 'text:s' || name === 'text:tab') builder.addText(' ');
      else if (name === 'text:line-break') builder.breakLine();
      else if (name === 'table:table-row') {
        rowDepth++;
        cellsInRow = 0;
        builder.breakLine();
      } else if (name === 'table:table-cell' && cellsInRow++ > 0) builder.addText(' | ');
    },
    text(text) {
      if (inBody && skippedDepth === 0) builder.addText(text);
    },
    close(name) {
      if (skippedDepth > 0) {
        skippedDepth--;
        return;
      }
      if (name === 'text:h' || name === 'draw:frame') builder.endHeading();
      else if (name === 'table:table-row') {
        rowDepth = Math.max(0, rowDepth - 1);
        builder.breakLine();
      } else if (paragraphs.has(name) && rowDepth === 0) builder.breakParagraph();
    },
  });
};
