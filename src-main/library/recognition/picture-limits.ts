/**
 * Which pictures are looked at, told from their first bytes: a small file may unfold to gigabytes, which must be known before
 * it is decoded.
 */
import { imageSize } from 'image-size';

/** Four bytes each while it is decoded. A page of A4 at 600 dots an inch has 35 million. */
const maxPixels = 80_000_000;
/** A line of text is no smaller; icons and rules are. */
const minWidth = 24;
const minHeight = 10;
const minPageSide = 400;

const readableTypes = ['png', 'jpg', 'webp', 'gif', 'bmp', 'tiff'];

export type PictureSize = {
  /** As it is shown, turned as the camera noted. */
  width: number;
  height: number;
  /** Exif's number of how it is to be turned, 1 for not at all. */
  orientation: number;
  isTooSmall: boolean;
};

/** Throws, for a person, where it is no picture that can be read, or one that is too large. */
export const pictureSize = (bytes: Uint8Array): PictureSize => {
  const { width, height, type, orientation = 1 } = sizeOf(bytes);
  if (!readableTypes.includes(type ?? ''))
    throw new Error(`It is a picture of the kind ${type}, which is not read.`);
  if (!(width > 0 && height > 0)) throw new Error('It states no size.');
  if (width * height > maxPixels) {
    const millions = (pixels: number) => Math.round(pixels / 1e6);
    throw new Error(
      `It has ${millions(width * height)} million pixels; pictures above ${millions(maxPixels)} million are not read.`,
    );
  }
  const isTurned = orientation >= 5;
  return {
    width: isTurned ? height : width,
    height: isTurned ? width : height,
    orientation,
    isTooSmall: width < minWidth || height < minHeight,
  };
};

/** Logos and faces below a message are smaller than any photo or scan of a page. False for what is no picture. */
export const mayBePage = (bytes: Uint8Array): boolean => {
  try {
    const { width, height } = pictureSize(bytes);
    return Math.min(width, height) >= minPageSide;
  } catch {
    // Whatever it is, its message names it.
    return false;
  }
};

const sizeOf = (bytes: Uint8Array): ReturnType<typeof imageSize> => {
  try {
    return imageSize(bytes);
  } catch (cause) {
    throw new Error('Its first bytes are not those of a picture.', { cause });
  }
};
