/**
 * Reads the lines that calendars and contacts are made of (RFC 5545, 3.1 and RFC 6350, 3.2): names, parameters and values, unfolded
 * and unescaped. The one well-kept package for both formats is under the MPL; this much of them is small.
 */

export type ContentLine = {
  /** In capitals, without a group. */
  name: string;
  /** Names in capitals; values as written. */
  parameters: ReadonlyMap<string, string>;
  /** Escapes undone: `\n` is a new line. */
  value: string;
  /** As written, for values with parts of their own. */
  rawValue: string;
};

export const contentLines = (source: string): ContentLine[] =>
  unfold(source).flatMap((line) => {
    const match = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":;])*)*):([\s\S]*)$/.exec(line);
    if (!match) return [];
    const parameters = new Map(
      splitOutsideQuotes(match[2]!.slice(1)).map((parameter) => {
        const at = parameter.indexOf('=');
        // vCard 2.1 writes a bare `QUOTED-PRINTABLE`.
        const [name, value] =
          at < 0 ? [parameter, parameter] : [parameter.slice(0, at), parameter.slice(at + 1)];
        return [name.toUpperCase(), value.replace(/^"(.*)"$/, '$1')] as const;
      }),
    );
    const isQuoted =
      parameters.has('QUOTED-PRINTABLE') || /^quoted-printable$/i.test(parameters.get('ENCODING') ?? '');
    const rawValue = isQuoted ? decodeQuotedPrintable(match[3]!, parameters.get('CHARSET')) : match[3]!;
    return [{ name: match[1]!.toUpperCase(), parameters, value: unescapeValue(rawValue), rawValue }];
  });

export const unescapeValue = (value: string): string =>
  value.replace(/\\([\\;,nN:])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character)).trim();

/** Parts of a value such as a name or an address, which `;` sets apart unless it is escaped. */
export const valueParts = (rawValue: string): string[] => rawValue.split(/(?<!\\);/).map(unescapeValue);

const unfold = (source: string): string[] => {
  const lines: string[] = [];
  let continues = false;
  for (const line of source.split('\n')) {
    const last = lines.length - 1;
    if (/^[ \t]/.test(line) && last >= 0) lines[last] += line.slice(1);
    else if (continues) lines[last] = `${lines[last]!.slice(0, -1)}${line}`;
    else lines.push(line);
    // Quoted-printable values of vCard 2.1 go on after a line that ends in `=`.
    continues = /=$/.test(line) && /^[^:]*QUOTED-PRINTABLE/i.test(lines.at(-1) ?? '');
  }
  return lines;
};

const splitOutsideQuotes = (parameters: string): string[] =>
  parameters === '' ? [] : (parameters.match(/(?:"[^"]*"|[^";])+/g) ?? []);

const decodeQuotedPrintable = (value: string, charset = 'utf-8'): string => {
  const bytes = value.replace(/=([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  try {
    return new TextDecoder(charset).decode(Buffer.from(bytes, 'latin1'));
  } catch {
    // An unknown charset is read as the commonest one.
    return new TextDecoder().decode(Buffer.from(bytes, 'latin1'));
  }
};
