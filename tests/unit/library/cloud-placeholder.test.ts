/** Which files a cloud service keeps elsewhere, by what each system says of them. */
import { expect, it } from 'vitest';
import { isPlaceholder, nameOfPlaceholder } from '../../../src-main/library/watching/cloud-placeholder.ts';

it.each<[string, NodeJS.Platform, number, number, boolean]>([
  ['a file that is here', 'darwin', 5000, 16, false],
  ['a file that is elsewhere', 'darwin', 12, 0, true],
  ['an empty file', 'darwin', 0, 0, false],
  ['a file that is elsewhere', 'win32', 5000, 0, true],
  ['a small file, kept beside its name', 'win32', 300, 0, false],
  ['a small file, kept beside its name', 'linux', 60, 0, false],
  ['a file of holes', 'linux', 1_000_000, 0, false],
])('%s on %s, of %d bytes in %d blocks: %s', (_, platform, size, blocks, expected) => {
  expect(isPlaceholder({ size, blocks }, platform)).toBe(expected);
});

it.each([
  ['.letter.pdf.icloud', 'letter.pdf'],
  ['letter.pdf.icloud', null],
  ['.icloud', null],
  ['.hidden', null],
])('%s stands for %s', (name, expected) => expect(nameOfPlaceholder(name)).toBe(expected));
