/** The path of a document inside another one: `mail.eml › offer.pdf`. */

/** Stands between the names of a document and of what is inside it. */
export const insideMark = ' › ';

/** The name of an attachment below its file, from both their paths. */
export const nameInside = (path: string, filePath: string): string =>
  path.slice(filePath.length + insideMark.length);
