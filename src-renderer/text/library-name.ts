/** Makes what a person types into a name that libraries may have: small letters, digits and hyphens, at most 41. */
export function libraryNameOf(typed: string): string {
  return typed
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 41)
    .replace(/-$/, '');
}
