/** Entry of the thread that recognises text: one page after another, each answered once. Whoever started it limits time and memory. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { PdfPictures } from './pdf-pictures.ts';
import { pictureSize } from './picture-limits.ts';
import type { PageOutcome, PageRequest, PageSource, RecognisedPage } from './recognised-page.ts';
import { Tesseract } from './tesseract.ts';
import { tiffPage } from './tiff-pages.ts';

/** The pages of one document come one after another, so it stays open. */
let held: { contentHash: string; bytes: Uint8Array; pictures: PdfPictures | null } | null = null;
let reader: { key: string; tesseract: Tesseract } | null = null;

const answer = async (request: PageRequest): Promise<PageOutcome> => {
  try {
    await prepare(request);
  } catch (error) {
    return { state: 'unable', reason: messageOf(error) };
  }
  try {
    if (!(await hold(request))) {
      return { state: 'changed', reason: 'The file has changed since it was indexed.' };
    }
    return { state: 'read', page: await readPage(request) };
  } catch (error) {
    // A failure inside WebAssembly leaves its memory in an unknown state.
    if (error instanceof Error && error.name === 'RuntimeError') reader = held = null;
    return { state: 'failed', reason: `Its text cannot be recognised. ${messageOf(error)}` };
  }
};

const readPage = async ({ kind, page }: PageRequest): Promise<RecognisedPage> => {
  const { bytes, pictures } = held!;
  if (kind === 'picture') {
    const picture = tiffPage(bytes, page);
    return reader!.tesseract.read(picture, pictureSize(picture));
  }
  const picture = await pictures!.draw(page);
  const { width, height } = picture;
  if (picture.isBlank) return { width, height, text: '', words: [] };
  return reader!.tesseract.read(picture.bytes, { width, height, orientation: 1 });
};

/** False where the file is another one than was asked about. */
const hold = async ({ source, contentHash, kind }: PageRequest): Promise<boolean> => {
  if (held?.contentHash === contentHash) return true;
  held?.pictures?.close();
  held = null;
  const bytes = await bytesOf(source);
  if (createHash('sha256').update(bytes).digest('hex') !== contentHash) return false;
  held = { contentHash, bytes, pictures: kind === 'pdf' ? await PdfPictures.open(bytes) : null };
  return true;
};

const bytesOf = async (source: PageSource): Promise<Uint8Array> =>
  'bytes' in source ? source.bytes : new Uint8Array(await readFile(source.path));

const prepare = async ({ directory, languages }: PageRequest): Promise<void> => {
  const key = [directory, ...languages].join('\n');
  if (reader?.key !== key) reader = { key, tesseract: await Tesseract.create(directory, languages) };
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

parentPort?.on('message', ({ id, request }: { id: number; request: PageRequest }) => {
  void answer(request).then((outcome) => parentPort?.postMessage({ id, outcome }));
});
parentPort?.postMessage('ready');
