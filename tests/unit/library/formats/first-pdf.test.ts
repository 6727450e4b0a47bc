/** What reads PDFs is large, and most of what a thread that reads files would load: it comes with the first PDF. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';

const urlOf = (path: string) => pathToFileURL(fileURLToPath(new URL(`../../../../${path}`, import.meta.url)));

/** Runs in a process of its own: says after each file whether pdf.js has been loaded. */
const program = `
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
let isLoaded = false;
registerHooks({
  load: (url, context, next) => {
    isLoaded ||= url.includes('/pdfjs-dist/');
    return next(url, context);
  },
});
const { extractDocument } = await import('${urlOf('src-main/library/extraction/extract-document.ts')}');
const said = [];
for (const [name, bytes] of [
  ['note.md', new TextEncoder().encode('The kiln is cold.')],
  ['kiln.pdf', readFileSync(new URL('${urlOf('resources/sample-library/manuals/ember-60-kiln.pdf')}'))],
]) {
  const { state } = await extractDocument(name, new Uint8Array(bytes));
  said.push([name, state, isLoaded]);
}
console.log(JSON.stringify(said));
`;

test('a text is read without it', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([
    ['note.md', 'indexed', false],
    ['kiln.pdf', 'indexed', true],
  ]);
});
