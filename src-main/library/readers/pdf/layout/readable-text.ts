/** Writes a piece of a PDF's text as Unicode means it: ligatures and accents that were drawn as signs of their own made whole. */

/** Symbol fonts put their signs where Unicode has none: bullets are known, the rest means nothing to a search. */
export const readable = (text: string): string => {
  // Plain Latin text, nearly all there is, needs none of this.
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return joinAccents(
    text
      .replace(/[\uf0b7\uf0a7\uf0a8\uf06e]/g, '•')
      .replace(/\p{Co}/gu, '')
      .replace(/[\ufb00-\ufb06]/g, (ligature) => ligature.normalize('NFKC'))
      .normalize('NFC'),
  );
};

const combining: Readonly<Record<string, string>> = {
  '\u00a8': '\u0308',
  '\u00b4': '\u0301',
  '\u02c6': '\u0302',
  '\u02c7': '\u030c',
  '\u02d8': '\u0306',
  '\u02d9': '\u0307',
  '\u02da': '\u030a',
  '\u02dc': '\u0303',
  '\u02dd': '\u030b',
};

/** TeX draws the accent first, the letter under it second. A tilde after a slash begins a user's name in an address. */
const joinAccents = (text: string): string =>
  text.replace(
    /(?<!\/)([\u00a8\u00b4\u02c6\u02c7\u02d8\u02d9\u02da\u02dc\u02dd])(\p{L})/gu,
    (drawn, accent, letter) => {
      const base = letter === 'ı' ? 'i' : letter === 'ȷ' ? 'j' : letter;
      const whole = `${base}${combining[accent]}`.normalize('NFC');
      return whole.length === 1 ? whole : drawn;
    },
  );
