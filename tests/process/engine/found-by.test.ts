/** Documents are found by what they say about themselves and by the words in names, none of which their passages show. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestEngine } from '../../support/test-engine.ts';

const test = new TestEngine();
const mail = [
  'From: Quentin Marsh <q@x.example>',
  'To: ann@x.example',
  'Subject: The roof',
  'Date: Fri, 17 May 2024 11:30:00 +0200',
  '',
  'It leaks again.',
].join('\r\n');

const files = {
  'headers.ts': 'export function parseHTTPHeader(line: string) {\n  return line.split(":");\n}\n',
  'notes.md': '---\ntitle: Kiln log\nauthor: Philippa Vane\ntags: [stoneware]\n---\nSlow at first.\n',
  'roof.eml': mail,
  'other.txt': 'Nothing of the kind.',
};

const names = async (query: string) =>
  (await test.search(query, { mode: 'lexical' })).groups.map((group) => group.document.relativePath);

beforeAll(async () => {
  const folder = test.path('documents');
  mkdirSync(folder, { recursive: true });
  await test.makeModel();
  await test.open();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await test.index(folder);
});

afterAll(async () => await test.close());

describe('a document', () => {
  it.each([
    ['http header', 'headers.ts'],
    ['parseHTTPHeader', 'headers.ts'],
    ['typescript', 'headers.ts'],
    ['philippa', 'notes.md'],
    ['stoneware', 'notes.md'],
    ['quentin', 'roof.eml'],
    ['leaks after:2024-05-17 before:2024-05-18', 'roof.eml'],
  ])('is found by “%s”', async (query, name) => {
    expect(await names(query)).toEqual([name]);
  });

  it('shows none of the words it was found by beside its text', async () => {
    const { groups } = await test.search('philippa', { mode: 'lexical' });
    expect(groups[0]!.hits[0]!.text).toBe('Slow at first.');
    expect(groups[0]!.document.facts).toEqual({
      title: 'Kiln log',
      authors: ['Philippa Vane'],
      tags: ['stoneware'],
    });
  });
});
