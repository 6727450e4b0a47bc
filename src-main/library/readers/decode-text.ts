/** Turns the bytes of a text file into a string: byte order mark first, then UTF-8 if valid, else a declared or Western encoding. */

/** `declaredEncoding` is a label such as `iso-8859-2` that the file states; it counts only where the bytes do not say otherwise. */
export const decodeText = (bytes: Uint8Array, declaredEncoding?: string): string => {
  const encoding = encodingOfMark(bytes) ?? utf16WithoutMark(bytes);
  if (encoding) return normalise(new TextDecoder(encoding).decode(bytes));
  try {
    return normalise(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // Not UTF-8, so the declared encoding or the commonest 8-bit one has to do.
  }
  return normalise(decoderFor(declaredEncoding).decode(bytes));
};

const encodingOfMark = (bytes: Uint8Array): string | null => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
};

/** Western text in UTF-16 has a zero in every second byte; no other text file has any. */
const utf16WithoutMark = (bytes: Uint8Array): string | null => {
  const length = Math.min(bytes.length & ~1, 2048);
  if (length < 8) return null;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let index = 0; index < length; index += 2) {
    if (bytes[index] === 0) evenZeros++;
    if (bytes[index + 1] === 0) oddZeros++;
  }
  const half = length / 2;
  if (oddZeros > half * 0.7 && evenZeros < half * 0.05) return 'utf-16le';
  if (evenZeros > half * 0.7 && oddZeros < half * 0.05) return 'utf-16be';
  return null;
};

const decoderFor = (label: string | undefined) => {
  try {
    // A file that says UTF-8 was found not to be; every other label is taken at its word.
    if (label && !/^utf-?8$/i.test(label)) return new TextDecoder(label);
  } catch {
    // An unknown label is as good as none.
  }
  return new TextDecoder('windows-1252');
};

const normalise = (text: string): string => text.replace(/\r\n?/g, '\n').normalize('NFC');
