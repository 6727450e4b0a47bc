/** Writes an EPUB 3 book with a chapter for each section. */
import type { HomeDocument } from '../home-document.ts';
import { sectionsOf } from './blocks.ts';
import { escapeXml } from './escape-xml.ts';
import { htmlOf } from './write-html.ts';
import { xmlDeclaration, zipParts } from './zip-parts.ts';

export function writeEpub(document: HomeDocument): Uint8Array {
  const { title = '', author = '', language = 'en', date } = document;
  const chapters = sectionsOf(document.body ?? []).map((section, index) => ({
    name: `chapter${index + 1}.xhtml`,
    title: section.title || title,
    html: htmlOf(section.blocks),
  }));
  const page = (heading: string, html: string) =>
    `${xmlDeclaration}<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="${language}"><head><title>${escapeXml(heading)}</title></head><body>${html}</body></html>`;
  const links = chapters.map(({ name, title: text }) => `<li><a href="${name}">${escapeXml(text)}</a></li>`);
  const items = chapters.map(
    ({ name }, index) => `<item id="c${index}" href="${name}" media-type="application/xhtml+xml"/>`,
  );
  return zipParts({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${xmlDeclaration}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    'OEBPS/content.opf': `${xmlDeclaration}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:home:${escapeXml(document.file)}</dc:identifier><dc:title>${escapeXml(title)}</dc:title><dc:creator>${escapeXml(author)}</dc:creator><dc:language>${language}</dc:language><meta property="dcterms:modified">${date}T00:00:00Z</meta></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${items.join('')}</manifest><spine>${chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('')}</spine></package>`,
    'OEBPS/nav.xhtml': page('Contents', `<nav epub:type="toc"><ol>${links.join('')}</ol></nav>`),
    ...Object.fromEntries(
      chapters.map(({ name, title: text, html }) => [
        `OEBPS/${name}`,
        page(text, `<h1>${escapeXml(text)}</h1>${html}`),
      ]),
    ),
  });
}
