/** Documents found by the path that a person types, over a list that comes in pages. */
import { expect, test } from 'vitest';
import type { EngineClient } from '../../../src-main/cli/connect-engine.ts';
import { findDocument } from '../../../src-main/cli/find-document.ts';

const clientOf = (paths: readonly string[]): EngineClient => {
  const list = async (asked: { pathContains: string; offset: number; limit: number }) => {
    const matching = paths.filter((path) => path.includes(asked.pathContains));
    const documents = matching.slice(asked.offset, asked.offset + asked.limit);
    return { documents: documents.map((path) => ({ id: path, path })), total: matching.length };
  };
  return { documents: { list } } as unknown as EngineClient;
};

test('an attachment is found by the path that a search shows', async () => {
  const path = '/mails/offer.eml › offer.pdf';
  expect((await findDocument(clientOf(['/mails/offer.eml', path]), 'default', path)).path).toBe(path);
});

test('a file is found behind a thousand whose paths hold its own', async () => {
  const copies = Array.from({ length: 1500 }, (_, at) => `/notes/a.txt.${at}`);
  const client = clientOf([...copies, '/notes/a.txt']);
  expect((await findDocument(client, 'default', '/notes/a.txt')).path).toBe('/notes/a.txt');
});

test('a file that the library does not have is named with what to do', async () => {
  const found = findDocument(clientOf(['/notes/b.txt']), 'default', '/notes/a.txt');
  await expect(found).rejects.toThrow(/a\.txt is not in the library "default".*llara index FOLDER/);
});
