/**
 * Language data on this machine: files `NAME.traineddata` in one folder, unpacked. All that are there are used, those of the catalogue in its
 * order and then a person's own.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../common/app-error.ts';
import { replaceFile } from '../../common/replace-file.ts';
import type { RecognitionLanguage } from '../../contract/recognition/recognition.ts';
import { languageCatalogue } from './language-catalogue.ts';

const ending = '.traineddata';
const maxBytes = 100_000_000;

export class LanguageFiles {
  readonly directory: string;

  /** The folder is made with the first language. */
  constructor(home: string) {
    this.directory = join(home, 'recognition');
  }

  /** Codes of the languages that are here. */
  async installed(): Promise<string[]> {
    const files = await readdir(this.directory).catch(() => []);
    const codes = files.filter((name) => name.endsWith(ending)).map((name) => basename(name, ending));
    const rank = (code: string) => {
      const at = languageCatalogue.findIndex((language) => language.code === code);
      return at < 0 ? languageCatalogue.length : at;
    };
    return codes.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en'));
  }

  /** Installed ones first. */
  async list(): Promise<RecognitionLanguage[]> {
    const installed = await this.installed();
    const here = await Promise.all(
      installed.map(async (code) => {
        const listed = languageCatalogue.find((language) => language.code === code);
        const { size } = await stat(this.#pathOf(code));
        return { code, name: listed?.name ?? code, isInstalled: true, sizeBytes: size, isListed: !!listed };
      }),
    );
    const missing = languageCatalogue.filter(({ code }) => !installed.includes(code));
    return [
      ...here,
      ...missing.map(({ code, name, sizeBytes }) => ({
        code,
        name,
        isInstalled: false,
        sizeBytes,
        isListed: true,
      })),
    ];
  }

  /** Copies a person's file. Throws `path-not-readable` or `bad-request`. */
  async import(path: string): Promise<string> {
    const match = /^([A-Za-z]\w{1,39})\.traineddata(?:\.gz)?$/.exec(basename(path));
    if (!match) {
      throw new AppError(
        'bad-request',
        `${basename(path)} is not named like language data, such as eng.traineddata or eng.traineddata.gz.`,
      );
    }
    const bytes = await readFile(path).catch((cause: unknown) => {
      throw new AppError('path-not-readable', `${path} cannot be read.`, { cause });
    });
    await this.put(match[1]!, bytes, path);
    return match[1]!;
  }

  /** `bytes` may be packed by gzip; `origin` is named where they are no language data. */
  async put(code: string, bytes: Uint8Array, origin: string): Promise<void> {
    const data = unpack(bytes, origin);
    if (!isLanguageData(data)) throw notLanguageData(origin);
    await mkdir(this.directory, { recursive: true });
    await replaceFile(this.#pathOf(code), data);
  }

  /** Throws `not-found`. */
  async remove(code: string): Promise<void> {
    const installed = await this.installed();
    if (!installed.includes(code)) {
      throw new AppError(
        'not-found',
        `There is no language "${code}" here. Here are: ${installed.join(', ') || 'none'}.`,
      );
    }
    await rm(this.#pathOf(code));
  }

  #pathOf(code: string): string {
    return join(this.directory, `${code}${ending}`);
  }
}

function unpack(bytes: Uint8Array, origin: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    throw notLanguageData(origin);
  }
}

/** The file begins with the number of its parts, of which Tesseract has 24 kinds, and where each begins. */
function isLanguageData(bytes: Uint8Array): boolean {
  if (bytes.length < 1000 || bytes.length > maxBytes) return false;
  const count = new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  return count > 0 && count <= 64;
}

function notLanguageData(origin: string): AppError {
  return new AppError('bad-request', `${origin} is no language data of Tesseract, or it is damaged.`);
}
