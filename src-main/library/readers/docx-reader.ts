/**
 * Reads the text of a Word document (Office Open XML): paragraphs, headings by style, lists, tables, notes. Deleted
 * revisions, field codes, comments, headers and footers are left out; a DOCX has no fixed pages.
 */
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { documentProperties } from './office/document-properties.ts';
import type { Reader } from './reader.ts';
import { parseXml } from './xml.ts';
import { readZipParts } from './zip-parts.ts';

const wantedParts = new Set([
  'word/document.xml',
  'word/styles.xml',
  'word/footnotes.xml',
  'word/endnotes.xml',
  'docProps/core.xml',
]);

export const readDocx: Reader = async ({ bytes, fileName }) => {
  const legacy = legacyContainer(bytes);
  if (legacy === 'encrypted') {
    return { state: 'encrypted', reason: 'The document is protected by a password.' };
  }
  if (legacy === 'old-format') {
    return { state: 'unsupported', reason: 'This is the old Word format; save it as DOCX to search it.' };
  }
  const parts = await readZipParts(bytes, (name) => wantedParts.has(name));
  const body = parts.get('word/document.xml');
  if (body === undefined) {
    return { state: 'failed', reason: 'The archive has no word/document.xml, so it is no Word document.' };
  }
  const levels = headingLevels(parts.get('word/styles.xml') ?? '');
  const builder = new DocumentBuilder();
  addWordXml(builder, body, levels);
  for (const notes of ['word/footnotes.xml', 'word/endnotes.xml']) {
    addWordXml(builder, parts.get(notes) ?? '', levels);
  }
  return builder.finish({
    kind: 'docx',
    facts: documentProperties(parts.get('docProps/core.xml') ?? ''),
    fileName,
    emptyReason: 'The document holds no text.',
  });
};

const headingOfStyleName = /^heading ([1-6])$/i;

/** Style id → heading level, from the styles' names and outline levels; ids differ between languages, names do not. */
const headingLevels = (stylesXml: string): Map<string, number> => {
  const levels = new Map<string, number>();
  let styleId: string | null = null;
  parseXml(stylesXml, {
    open(name, attributes) {
      if (name === 'w:style') styleId = attributes['w:styleId'] ?? null;
      if (!styleId) return;
      const value = attributes['w:val'] ?? '';
      if (name === 'w:name') {
        const level = headingOfStyleName.exec(value)?.[1];
        if (level) levels.set(styleId, Number(level));
        else if (/^title$/i.test(value)) levels.set(styleId, 1);
      } else if (name === 'w:outlineLvl' && !levels.has(styleId)) {
        const level = Number(value) + 1;
        if (level >= 1 && level <= 6) levels.set(styleId, level);
      }
    },
    close(name) {
      if (name === 'w:style') styleId = null;
    },
  });
  return levels;
};

/** Parts that hold no text of the document, or the same text a second time. */
const skipped = new Set(['w:del', 'w:instrText', 'mc:Fallback', 'w:moveFrom', 'w:pict', 'w:delText']);

const addWordXml = (builder: DocumentBuilder, xml: string, levels: Map<string, number>): void => {
  let skippedDepth = 0;
  let inText = false;
  let rowDepth = 0;
  let cellsInRow = 0;
  parseXml(xml, {
    open(name, attributes) {
      if (skippedDepth > 0 || skipped.has(name)) {
        skippedDepth++;
        return;
      }
      if (name === 'w:t') inText = true;
      else if (name === 'w:tab') builder.addText(' ');
      else if (name === 'w:br' || name === 'w:cr') builder.breakLine();
      else if (name === 'w:noBreakHyphen') builder.addText('-');
      else if (name === 'w:p' && rowDepth === 0) builder.breakParagraph();
      else if (name === 'w:p') builder.addText(' ');
      else if (name === 'w:pStyle' && rowDepth === 0) {
        const level = levels.get(attributes['w:val'] ?? '');
        if (level) builder.startHeading(level);
      } else if (name === 'w:outlineLvl' && rowDepth === 0) {
        const level = Number(attributes['w:val']) + 1;
        if (level >= 1 && level <= 6) builder.startHeading(level);
      } else if (name === 'w:numPr' && rowDepth === 0) builder.addText('- ');
      else if (name === 'w:tr') {
        rowDepth++;
        cellsInRow = 0;
        builder.breakLine();
      } else if (name === 'w:tc' && cellsInRow++ > 0) builder.addText(' | ');
    },
    text(text) {
      if (inText && skippedDepth === 0) builder.addText(text);
    },
    close(name) {
      if (skippedDepth > 0) {
        skippedDepth--;
        return;
      }
      if (name === 'w:t') inText = false;
      else if (name === 'w:p' && rowDepth === 0) {
        builder.endHeading();
        builder.breakParagraph();
      } else if (name === 'w:tr') {
        rowDepth = Math.max(0, rowDepth - 1);
        builder.breakLine();
      } else if (name === 'w:tbl' && rowDepth === 0) builder.breakParagraph();
    },
  });
  builder.endHeading();
  builder.breakParagraph();
};

/** Password-protected DOCX files and the old DOC format both come in OLE containers, told apart by a stream's name. */
const legacyContainer = (bytes: Uint8Array): 'encrypted' | 'old-format' | null => {
  const magic = [0xd0, 0xcf, 0x11, 0xe0];
  if (!magic.every((byte, index) => bytes[index] === byte)) return null;
  const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(
    Buffer.from('EncryptedPackage', 'utf16le'),
  );
  return encrypted ? 'encrypted' : 'old-format';
};
