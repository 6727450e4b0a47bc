/** Says what kind of document a file is, by its name and its first bytes. Guesses no kind that there is no reader for. */
import { extname } from 'node:path';
import { type DocumentKind, formatOf, formats } from '../../contract/formats.ts';

export type KindDecision = { kind: DocumentKind } | { kind: null; reason: string };

const kindByExtension = new Map<string, DocumentKind>(
  formats.flatMap(({ kind, extensions }) => extensions.map((extension) => [`.${extension}`, kind])),
);
const kindByFileName = new Map<string, DocumentKind>(
  formats.flatMap(({ kind, fileNames = [] }) => fileNames.map((fileName) => [fileName, kind])),
);

const adviceByExtension = new Map([
  ['.doc', 'This is the old Word format; save it as DOCX to search it.'],
  ['.pages', 'Pages documents are not read; export them as PDF or DOCX to search them.'],
  ['.ppt', 'This is the old PowerPoint format; save it as PPTX to search it.'],
  ['.key', 'Keynote presentations are not read; export them as PDF or PPTX to search them.'],
  ['.mobi', 'Kindle books are not read; EPUB is.'],
]);

/** What a file would be read as if it is what its name says; undefined where nothing reads such files. */
export const kindByName = (fileName: string): DocumentKind | undefined =>
  kindByExtension.get(extname(fileName).toLowerCase()) ?? kindByFileName.get(fileName.toLowerCase());

/** `head` is the beginning of the file, some kilobytes of it. */
export const documentKind = (fileName: string, head: Uint8Array): KindDecision => {
  const extension = extname(fileName).toLowerCase();
  if (startsWith(head, '%PDF-', 1024)) return { kind: 'pdf' };
  const byName = kindByName(fileName);
  if (byName && formatOf(byName).isBinary) return { kind: byName };
  const advice = adviceByExtension.get(extension);
  if (advice) return { kind: null, reason: advice };
  if (looksBinary(head)) {
    return { kind: null, reason: 'The file is binary, not text or a document of a kind that is read.' };
  }
  if (byName) return { kind: byName };
  if (extension === '') return { kind: kindOfNamelessText(head) };
  return { kind: null, reason: `Files ending in ${extension} are not read.` };
};

const kindOfNamelessText = (head: Uint8Array): DocumentKind =>
  /^\s*(?:<!doctype html|<html)/i.test(Buffer.from(head.subarray(0, 512)).toString('latin1'))
    ? 'html'
    : 'text';

const startsWith = (head: Uint8Array, magic: string, withinBytes: number): boolean =>
  Buffer.from(head.subarray(0, withinBytes)).includes(magic);

/** Zero bytes mean UTF-16 if they come in every second place, else something that is no text. */
const looksBinary = (head: Uint8Array): boolean => {
  const sample = head.subarray(0, 4096);
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) return false;
  let controls = 0;
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2]!++;
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) controls++;
  });
  const half = sample.length / 2;
  const isUtf16 = Math.max(...zeros) > half * 0.7 && Math.min(...zeros) < half * 0.05;
  return (zeros[0]! + zeros[1]! > 0 && !isUtf16) || controls > sample.length * 0.05;
};
