/** Takes a picture for what it may be, the picture of a page, or of several in a TIFF: its text is read later, by text recognition. It decodes nothing. */
import { chooseTitle } from '../extraction/choose-title.ts';
import { pictureSize } from '../recognition/picture-limits.ts';
import { tiffPages } from '../recognition/tiff-pages.ts';
import type { Reader } from './reader.ts';

export const readPicture: Reader = async ({ bytes, fileName }) => {
  const { isTooSmall } = pictureSize(bytes);
  if (isTooSmall) return { state: 'empty', reason: 'The picture is too small to hold text.' };
  const pageCount = Math.max(1, tiffPages(bytes).length);
  const pages = Array.from({ length: pageCount }, (_, index) => index + 1);
  return {
    state: 'scan',
    reason: 'It is a picture, which text recognition has not read yet.',
    document: {
      kind: 'picture',
      title: chooseTitle(undefined, undefined, fileName),
      text: '',
      pages: pages.map((page) => ({ page, start: 0, end: 0 })),
      headings: [],
      waitingPages: pages,
    },
  };
};
