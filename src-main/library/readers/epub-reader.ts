/**
 * Reads an e-book (EPUB 2 and 3): its chapters in the order of the spine, each as a page of HTML. Books under a reader's lock (DRM) are
 * encrypted and left alone; fonts that are merely scrambled do not matter to the text.
 */
import { posix } from 'node:path';
import { DocumentBuilder } from '../extraction/document-builder.ts';
import { addHtml } from './html-reader.ts';
import { documentProperties } from './office/document-properties.ts';
import type { Reader } from './reader.ts';
import { parseXml } from './xml.ts';
import { readZipParts } from './zip-parts.ts';

export const readEpub: Reader = async ({ bytes, fileName }) => {
  const parts = await readZipParts(bytes, (name) => /\.(?:x?html?|xml|opf)$/i.test(name));
  const packagePath = firstAttribute(parts.get('META-INF/container.xml') ?? '', 'rootfile', 'full-path');
  const packageXml = packagePath === undefined ? undefined : parts.get(packagePath);
  if (packagePath === undefined || packageXml === undefined) {
    return { state: 'failed', reason: 'The archive has no list of chapters, so it is no e-book.' };
  }
  const chapters = spine(packageXml).map((path) => posix.join(posix.dirname(packagePath), path));
  const locked = encryptedParts(parts.get('META-INF/encryption.xml') ?? '');
  if (chapters.some((path) => locked.has(path))) {
    return { state: 'encrypted', reason: 'The book is locked by copy protection.' };
  }
  const builder = new DocumentBuilder();
  for (const path of chapters) {
    builder.breakParagraph();
    addHtml(builder, parts.get(path) ?? '');
  }
  return builder.finish({
    kind: 'epub',
    facts: documentProperties(packageXml),
    fileName,
    emptyReason: 'The book holds no text; it may be made of pictures.',
  });
};

/** Paths of the chapters, relative to the package file, in reading order. */
const spine = (packageXml: string): string[] => {
  const pathOfId = new Map<string, string>();
  const order: string[] = [];
  parseXml(packageXml, {
    open(name, attributes) {
      const local = localName(name);
      if (local === 'item' && attributes.id && attributes.href) {
        pathOfId.set(attributes.id, decodeURIComponent(attributes.href));
      } else if (local === 'itemref' && attributes.idref) order.push(attributes.idref);
    },
  });
  return order.flatMap((id) => pathOfId.get(id) ?? []);
};

const encryptedParts = (encryptionXml: string): Set<string> => {
  const paths = new Set<string>();
  parseXml(encryptionXml, {
    open(name, { URI }) {
      if (localName(name) === 'CipherReference' && URI) paths.add(decodeURIComponent(URI));
    },
  });
  return paths;
};

const firstAttribute = (xml: string, element: string, attribute: string): string | undefined => {
  let found: string | undefined;
  parseXml(xml, {
    open(name, attributes) {
      if (localName(name) === element) found ??= attributes[attribute];
    },
  });
  return found;
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
