/** An archive of text parts, as office documents and e-books are. */
import { strToU8, zipSync } from 'fflate';

export const zipOf = (parts: Record<string, string>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
