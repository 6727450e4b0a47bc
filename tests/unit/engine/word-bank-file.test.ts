/** A bank of words, written and read again. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isPresentBank, readBank, writeBank } from '../../../src-main/engine/meanings/word-bank-file.ts';
import { WordMeanings } from '../../../src-main/engine/meanings/word-meanings.ts';
import { WordBank } from '../../../src-main/search/words/word-bank.ts';
import { letterEncoder } from '../search/fixtures.ts';
import { temporaryDirectory } from '../store/fixtures.ts';

const bank = WordBank.of(
  ['straße', 'lane', 'boat'].map((word, at) => ({ word, terms: [{ term: word, passages: at }] })),
  [Float32Array.from([1, 0, 0]), Float32Array.from([0.9, 0.1, 0]), Float32Array.from([0, 0, 1])],
);

test('a bank is read as it was written', async () => {
  const path = join(await temporaryDirectory(), 'words', 'encoder.bin');
  await writeBank(path, { bank, passages: 12 });
  const read = await readBank(path);
  expect(read?.passages).toBe(12);
  expect(read?.bank.parts).toEqual(bank.parts);
});

test('a file that is missing, cut off or of another version counts as none', async () => {
  const path = join(await temporaryDirectory(), 'encoder.bin');
  expect(await readBank(path)).toBeNull();
  await writeBank(path, { bank, passages: 12 });
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, whole.length - 1));
  expect(await readBank(path)).toBeNull();
  await writeFile(path, whole.subarray(0, 3));
  expect(await readBank(path)).toBeNull();
  await writeFile(
    path,
    Buffer.from(whole.toString('latin1').replace('"version":2', '"version":7'), 'latin1'),
  );
  expect(await readBank(path)).toBeNull();
});

test('a bank that an earlier release wrote is not one that is kept', async () => {
  const directory = await temporaryDirectory();
  const encoder = letterEncoder();
  const meanings = new WordMeanings(directory);
  expect(meanings.isKept(encoder)).toBe(false);
  await meanings.keep(encoder, { bank, passages: 12 });
  expect(meanings.isKept(encoder)).toBe(true);

  const path = join(directory, 'words', `${encoder.info.id}.bin`);
  const whole = (await readFile(path)).toString('latin1');
  await writeFile(path, Buffer.from(whole.replace('"version":2', '"version":1'), 'latin1'));
  expect(meanings.isKept(encoder)).toBe(false);
  await writeFile(path, '');
  expect(isPresentBank(path)).toBe(false);
});
