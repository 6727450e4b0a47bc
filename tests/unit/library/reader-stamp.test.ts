/** A file is looked at again when another reader would be asked, and only then. */
import { describe, expect, it } from 'vitest';
import {
  isCurrentStamp,
  readerStamp,
  unopenedStamp,
} from '../../../src-main/library/readers/reader-stamp.ts';

const text = Buffer.from('words');
const binary = Buffer.from([0, 1, 2, 3, 0, 255, 254, 0]);

describe('isCurrentStamp', () => {
  it.each([
    ['a.txt', text],
    ['a.pdf', text],
    ['a.txt', Buffer.from('%PDF-1.7')],
    ['a.bin', binary],
    ['a.txt', binary],
    ['a', binary],
    ['a.pages', binary],
  ])('takes the stamp of today for %s', (fileName, head) => {
    expect(isCurrentStamp(readerStamp(fileName, head), fileName)).toBe(true);
  });

  it.each([
    ['a file of which nothing was noted', null, 'a.txt'],
    ['a file that could not be opened', unopenedStamp, 'a.txt'],
    ['another version of a reader', 'pdf 0', 'a.pdf'],
    ['a reader that is no more', 'scroll 1', 'a.scroll'],
    ['a kind that had no reader then', readerStamp('a.unknown', binary), 'a.txt'],
  ])('asks for another look at %s', (_, stamp, fileName) => {
    expect(isCurrentStamp(stamp, fileName)).toBe(false);
  });
});
