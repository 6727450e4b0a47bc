/** The path of a document inside another one: `mail.eml › offer.pdf`. */

/** Stands between the names of a document and of what is inside it. */
export const insideMark = ' › ';

/** The name of the file, or of the innermost one, from its path below the folder, with `/`. */
export const fileNameOf = (relativePath: string): string => {
  const innermost = relativePath.split(insideMark).at(-1) ?? '';
  return innermost.slice(innermost.lastIndexOf('/') + 1);
};

/** The name of an attachment below its file, from both their paths. */
export const nameInside = (path: string, filePath: string): string =>
  path.slice(filePath.length + insideMark.length);
