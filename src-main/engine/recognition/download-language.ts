/** Fetches the data of one language as npm keeps it, checked, and takes the one file out of it that is used. */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../common/app-error.ts';
import { fetchPackage } from '../downloads/npm/fetch-package.ts';
import type { Registry } from '../downloads/npm/registry.ts';
import { unpackPackage } from '../downloads/npm/unpack-package.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { type CataloguedLanguage, languagePackage } from './language-catalogue.ts';
import type { LanguageFiles } from './language-files.ts';

const maxUnpackedBytes = 200_000_000;

/** Throws `disk-full`, `download-invalid`, `bad-request` for a file that is no language data, or what the connection reports. */
export async function downloadLanguage(
  { code, name, integrity }: CataloguedLanguage,
  files: LanguageFiles,
  control: JobControl,
  registry?: Registry,
): Promise<void> {
  const title = `Language data for ${name}`;
  const downloads = join(files.directory, 'downloads');
  const wanted = { ...languagePackage(code), title, integrity };
  const archive = await fetchPackage(wanted, downloads, control, registry);
  const unpacked = join(downloads, code);
  const only = `4.0.0_best_int/${code}.traineddata.gz`;
  try {
    control.report('unpacking', 0, null, '');
    await unpackPackage(archive, unpacked, { title, maxBytes: maxUnpackedBytes, only });
    const data = await readFile(join(unpacked, only)).catch((cause: unknown) => {
      throw new AppError('download-invalid', `The download does not hold ${only}.`, { cause });
    });
    await files.put(code, data, title);
  } finally {
    await rm(archive, { force: true });
    await rm(unpacked, { recursive: true, force: true });
  }
}
