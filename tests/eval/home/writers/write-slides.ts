/** Writes a PowerPoint presentation: a slide for the title and one for each section. */
import type { HomeDocument } from '../home-document.ts';
import { slidesOf } from './blocks.ts';
import { escapeXml } from './escape-xml.ts';
import { officeNamespace, officePackage, relationships } from './office-package.ts';
import { xmlDeclaration, zipParts } from './zip-parts.ts';

const namespaces = `xmlns:a="${officeNamespace}/drawingml/2006/main" xmlns:p="${officeNamespace}/presentationml/2006/main" xmlns:r="${officeNamespace}/officeDocument/2006/relationships"`;

export function writeSlides(document: HomeDocument): Uint8Array {
  const slides = slidesOf(document);
  const paths = slides.map((_, index) => `slides/slide${index + 1}.xml`);
  const ids = slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="rId${index + 1}"/>`);
  return zipParts({
    ...officePackage(document, [
      { path: 'ppt/presentation.xml', type: 'presentationml.presentation.main' },
      ...paths.map((path) => ({ path: `ppt/${path}`, type: 'presentationml.slide' })),
    ]),
    'ppt/presentation.xml': `${xmlDeclaration}<p:presentation ${namespaces}><p:sldIdLst>${ids.join('')}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(paths.map((path) => `slide|${path}`)),
    ...Object.fromEntries(slides.map((slide, index) => [`ppt/${paths[index]}`, slideXml(slide)])),
  });
}

function slideXml({ title, lines }: { title: string; lines: readonly string[] }): string {
  const shapes = [shape(1, 'title', [title]), ...(lines.length > 0 ? [shape(2, 'body', lines)] : [])];
  return `${xmlDeclaration}<p:sld ${namespaces}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="9" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>${shapes.join('')}</p:spTree></p:cSld></p:sld>`;
}

function shape(id: number, type: 'title' | 'body', lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<a:p><a:r><a:t>${escapeXml(line)}</a:t></a:r></a:p>`);
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${type}"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${paragraphs.join('')}</p:txBody></p:sp>`;
}
