/** Fetches the data of one language as npm keeps it, checks it and takes the one file out of it that is used. */
import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { AppError } from '../../common/app-error.ts';
import { downloadFile } from '../downloads/download-file.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { type CataloguedLanguage, languageUrl } from './language-catalogue.ts';
import type { LanguageFiles } from './language-files.ts';

const maxUnpackedBytes = 200_000_000;

/** Throws `disk-full`, `model-invalid` or what the connection reports. */
export async function downloadLanguage(
  { code, name, integrity }: CataloguedLanguage,
  files: LanguageFiles,
  control: JobControl,
  url = languageUrl(code),
): Promise<void> {
  const source = { name: `Language data for ${name}`, url, fileName: `${code}.tgz` };
  const { path } = await downloadFile(source, join(files.directory, 'downloads'), control);
  try {
    const archive = await readFile(path);
    if (createHash('sha512').update(archive).digest('base64') !== integrity) {
      throw new AppError(
        'model-invalid',
        `${source.name} arrived damaged (its checksum differs). It was removed; download it again.`,
      );
    }
    const unpacked = gunzipSync(archive, { maxOutputLength: maxUnpackedBytes });
    await files.put(code, fileInTar(unpacked, `package/4.0.0_best_int/${code}.traineddata.gz`), source.name);
  } finally {
    await rm(path, { force: true });
  }
}

/** A tar file is blocks of 512 bytes: a head with name and size, then the content, for each file. */
function fileInTar(tar: Uint8Array, wanted: string): Uint8Array {
  const text = (start: number, length: number) =>
    Buffer.from(tar.subarray(start, start + length))
      .toString('latin1')
      .replace(/\0.*$/s, '');
  for (let at = 0; at + 512 <= tar.length; ) {
    const size = Number.parseInt(text(at + 124, 12).trim() || '0', 8);
    if (text(at, 100) === wanted) return tar.slice(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new AppError('model-invalid', `The download does not hold ${wanted}.`);
}
