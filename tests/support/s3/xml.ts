/** The little XML that S3 answers with and asks for. */

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

export const xml = (name: string, ...content: string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${content.join('')}</${name}>`;

export const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`;

export const errorXml = (code: string, message: string, resource: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', code)}${element('Message', message)}${element('Resource', resource)}</Error>`;

/** The texts of all elements of this name. */
export const textsOf = (document: string, name: string): string[] =>
  Array.from(document.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g')), ([, text]) =>
    unescaped(text!),
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const unescaped = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
