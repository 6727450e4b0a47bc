/** Picks a document's title: what the file states if that makes sense, else its first heading, else its file name. */
import { parse } from 'node:path';

const maxTitleLength = 200;

export const chooseTitle = (
  metadataTitle: string | undefined,
  firstHeading: string | undefined,
  fileName: string,
): string => {
  for (const candidate of [metadataTitle, firstHeading]) {
    const title = candidate?.replace(/\s+/g, ' ').trim();
    if (title && isSensible(title)) return title.slice(0, maxTitleLength).toWellFormed();
  }
  return parse(fileName).name || fileName;
};

/** Programs fill the field with file names, their own name, or filler; none of these says what the document is. */
const isSensible = (title: string): boolean =>
  /\p{L}{2}/u.test(title) &&
  !title.includes('\ufffd') &&
  !/^(untitled|unknown|title|no title|document\d*|ohne titel|sans titre|microsoft word\b.*|powerpoint presentation|slide \d+|print(ing)?)$/iu.test(
    title,
  ) &&
  !/\.(pdf|docx?|dvi|tex|ps|eps|odt|rtf|html?|indd|qxd|txt|pages)$/iu.test(title) &&
  !/^[\w-]*[\\/]/.test(title);
