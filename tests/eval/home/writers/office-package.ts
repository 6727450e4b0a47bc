/** The parts that every Office Open XML file has: its content types, its first relationships, its properties. */
import type { HomeDocument } from '../home-document.ts';
import { escapeXml } from './escape-xml.ts';
import { xmlDeclaration } from './zip-parts.ts';

export const officeNamespace = 'http://schemas.openxmlformats.org';
const relationshipType = `${officeNamespace}/officeDocument/2006/relationships`;

export type OfficePart = { path: string; type: string };

/** `main` first among `parts`; content types are those behind `application/vnd.openxmlformats-officedocument.`. */
export function officePackage(
  { title, author }: HomeDocument,
  parts: readonly OfficePart[],
): Record<string, string> {
  const overrides = parts.map(
    ({ path, type }) =>
      `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
  );
  return {
    '[Content_Types].xml': `${xmlDeclaration}<Types xmlns="${officeNamespace}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    '_rels/.rels': relationships([
      `${relationshipType}/officeDocument|${parts[0]!.path}`,
      `${officeNamespace}/package/2006/relationships/metadata/core-properties|docProps/core.xml`,
    ]),
    'docProps/core.xml': `${xmlDeclaration}<cp:coreProperties xmlns:cp="${officeNamespace}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escapeXml(title ?? '')}</dc:title><dc:creator>${escapeXml(author ?? '')}</dc:creator></cp:coreProperties>`,
  };
}

/** Each is `type|target`; a type without a slash is one of Office's own. */
export function relationships(each: readonly string[]): string {
  const elements = each.map((one, index) => {
    const [type = '', target = ''] = one.split('|');
    const full = type.includes('/') ? type : `${relationshipType}/${type}`;
    return `<Relationship Id="rId${index + 1}" Type="${full}" Target="${target}"/>`;
  });
  return `${xmlDeclaration}<Relationships xmlns="${officeNamespace}/package/2006/relationships">${elements.join('')}</Relationships>`;
}
