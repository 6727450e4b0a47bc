/** Packages that read are most of what a thread that reads files would load: the large ones come with the first file of their kind. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const urlOf = (path: string) => new URL(`../../../../${path}`, import.meta.url);

/** Runs in a process of its own: says after each file which of the packages have been loaded. */
const program = `
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
const packages = ['pdfjs-dist', 'marked', 'yaml', 'msgreader'];
const loaded = new Set();
registerHooks({
  load: (url, context, next) => {
    for (const name of packages) if (url.includes('/' + name + '/')) loaded.add(name);
    return next(url, context);
  },
});
const { extractDocument } = await import('${urlOf('src-main/library/extraction/extract-document.ts')}');
const said = [];
for (const [name, bytes] of [
  ['note.txt', Buffer.from('The kiln is cold.')],
  ['note.md', Buffer.from('The *kiln* is cold.')],
  ['kiln.pdf', readFileSync(new URL('${urlOf('resources/sample-library/manuals/ember-60-kiln.pdf')}'))],
]) {
  const { state } = await extractDocument(name, new Uint8Array(bytes));
  said.push([name, state, [...loaded].sort()]);
}
console.log(JSON.stringify(said));
`;

test('a text is read without them', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([
    ['note.txt', 'indexed', []],
    ['note.md', 'indexed', ['marked', 'yaml']],
    ['kiln.pdf', 'indexed', ['marked', 'pdfjs-dist', 'yaml']],
  ]);
});
