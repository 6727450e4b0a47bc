/** What a PDF states about itself in its information dictionary. Broken metadata says nothing about the text, and is passed over. */
import type { PDFDocumentProxy } from 'pdfjs-dist/types/src/display/api.d.ts';
import { listedValues, type StatedFacts } from '../../extraction/document-facts.ts';

export const pdfFacts = async (document: PDFDocumentProxy): Promise<StatedFacts> => {
  try {
    const info = (await document.getMetadata()).info as Record<string, unknown>;
    const text = (name: string) => (typeof info[name] === 'string' ? info[name] : undefined);
    return {
      title: text('Title'),
      authors: listedValues(text('Author'), /;/),
      tags: listedValues(text('Keywords')),
      date: pdfDate(text('CreationDate') ?? text('ModDate')),
      language: text('Language'),
    };
  } catch {
    return {};
  }
};

/** `D:20240517093000+02'00'`, from the right less and less of it (PDF 32000-1, 7.9.4); without a zone it is taken as UTC. */
const pdfDate = (stated: string | undefined): number | undefined => {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?)?/.exec(
    stated ?? '',
  );
  if (!match) return undefined;
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((digits) => (digits === undefined ? undefined : Number(digits)));
  const offset = (Number(match[8] ?? 0) * 60 + Number(match[9] ?? 0)) * 60_000 * (match[7] === '-' ? -1 : 1);
  return Date.UTC(year!, month - 1, day, hour, minute, second) - offset;
};
