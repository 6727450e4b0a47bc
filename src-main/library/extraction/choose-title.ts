/** Picks a document's title: what the file states if that makes sense, else its first heading, else its file name. */
import { parse } from 'node:path';

const maxTitleLength = 200;

export const chooseTitle = (
  statedTitle: string | undefined,
  firstHeading: string | undefined,
  fileName: string,
): string => {
  for (const candidate of [statedTitle, firstHeading]) {
    const title = sensibleTitle(candidate);
    if (title) return title;
  }
  return parse(fileName).name || fileName;
};

/** The title in one line, or undefined where it says nothing about the document. */
export const sensibleTitle = (stated: string | undefined): string | undefined => {
  const title = stated?.replace(/\s+/g, ' ').trim();
  return title && isSensible(title) ? title.slice(0, maxTitleLength).toWellFormed() : undefined;
};

/** Programs fill the field with file names, their own name, or filler; none of these says what the document is. */
const isSensible = (title: string): boolean =>
  /\p{L}{2}/u.test(title) &&
  !title.includes('\ufffd') &&
  !filler.test(title) &&
  !/\.(pdf|docx?|dvi|tex|ps|eps|odt|rtf|html?|indd|qxd|txt|pages)$/iu.test(title) &&
  !/^[\w-]*[\\/]/.test(title);

/** What programs write where nobody gave a title, in the languages of common office programs; brackets around it change nothing. */
const filler =
  /^[([<{]?\s*(?:anonymous|untitled(?:[ -]?(?:document|presentation|spreadsheet))?[ -]?\d*|unnamed|unknown|none|null|undefined|title|your title here|no[ -]?(?:title|name|subject)|(?:new )?document\s?\d*|doc\d+|(?:book|workbook|sheet|presentation|table|mappe|arbeitsmappe|präsentation|dokument|classeur|feuil)\s?\d*|ohne titel\s?\d*|unbenannt\s?\d*|kein betreff|sans (?:titre|nom)\s?\d*|sin título\s?\d*|senza titolo\s?\d*|microsoft (?:word|excel|powerpoint)\b.*|(?:powerpoint|libreoffice) presentation|slide \d+|print(?:ing)?|scan(?:ned document)?\s?\d*|latex (?:document|with hyperref)(?: package)?|default title|page \d+)\s*[)\]>}]?$/iu;
