/** The only place where values and names become part of an SQL expression for LanceDB. */

/** A string as a literal; the one character with a meaning inside it is the quote. */
export const quoteLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A column name; LanceDB lower-cases what is not quoted. */
export const quoteIdentifier = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** The value begins with these characters. */
export const startsWith = (column: string, prefix: string): string =>
  `starts_with(${quoteIdentifier(column)}, ${quoteLiteral(prefix)})`;

/** `column IN (…)`; no values at all match nothing. */
export const isOneOf = (column: string, values: readonly string[]): string =>
  values.length === 0 ? 'false' : `${quoteIdentifier(column)} IN (${values.map(quoteLiteral).join(', ')})`;
