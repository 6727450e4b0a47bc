/**
 * The form in which a part of a path is looked for: a person types `Reports/Lease` for `reports\lease`, and an é of one letter where
 * macOS has written it as two.
 */
export const foldPath = (path: string): string => path.normalize('NFC').toLowerCase().replaceAll('\\', '/');
