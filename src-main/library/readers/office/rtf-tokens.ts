/** Cuts rich text into its tokens: groups, control words, characters. The source holds one byte in each character. */

export type RtfToken =
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'control'; word: string; value: number | null }
  /** A UTF-16 code unit that the next characters spell once more for old programs. */
  | { type: 'unicode'; value: number }
  | { type: 'bytes'; value: string };

const pattern =
  /\\(?<word>[a-z]+)(?<value>-?\d{1,10})? ?|\\'(?<byte>[0-9a-f]{2})|\\(?<symbol>[^a-z])|(?<brace>[{}])|(?<bytes>[^\\{}\r\n]+)|[\r\n]+|\\/gisy;

export function* rtfTokens(source: string): Generator<RtfToken> {
  pattern.lastIndex = 0;
  let position = 0;
  while (position < source.length) {
    pattern.lastIndex = position;
    const match = pattern.exec(source);
    if (!match) return;
    position = pattern.lastIndex;
    const { word, value, byte, symbol, brace, bytes } = match.groups!;
    if (bytes !== undefined) yield { type: 'bytes', value: bytes };
    else if (word === 'bin') position += Math.max(0, Number(value ?? 0));
    else if (word === 'u' && value !== undefined) yield { type: 'unicode', value: Number(value) & 0xffff };
    else if (word !== undefined)
      yield { type: 'control', word, value: value === undefined ? null : Number(value) };
    else if (byte !== undefined)
      yield { type: 'bytes', value: String.fromCharCode(Number.parseInt(byte, 16)) };
    else if (brace !== undefined) yield { type: brace === '{' ? 'open' : 'close' };
    else if (symbol === '\n' || symbol === '\r') yield { type: 'control', word: 'par', value: null };
    else if (symbol !== undefined) yield { type: 'control', word: symbol, value: null };
  }
}
