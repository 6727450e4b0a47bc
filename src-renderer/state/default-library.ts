/** The library that is always there: it cannot be removed or renamed. */
export const DEFAULT_LIBRARY = 'default';
