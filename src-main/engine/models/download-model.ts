/** Fetches one model file; it is put in place only after its checksum and its GGUF header have been looked at. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../../common/app-error.ts';
import { describeModel } from '../../llara/describe-model.ts';
import { type DownloadSource, downloadFile } from '../downloads/download-file.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { placeModel } from './place-model.ts';

/** `describe` throws where the file is no model of the kind. Returns the path of the finished file. Throws `disk-full`, `model-invalid` or what the connection reports. */
export async function downloadModel(
  source: DownloadSource,
  directory: string,
  control: JobControl,
  describe: (path: string) => Promise<unknown> = describeModel,
): Promise<string> {
  const { path, sha256 } = await downloadFile(source, join(directory, 'downloads'), control);
  await checkContent(path, sha256, source.name, describe);
  return await placeModel(path, directory, source.fileName);
}

async function checkContent(
  path: string,
  sha256: string | null,
  name: string,
  describe: (path: string) => Promise<unknown>,
): Promise<void> {
  try {
    if (sha256) {
      const hash = createHash('sha256');
      await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
      if (hash.digest('hex') !== sha256) {
        throw new AppError(
          'model-invalid',
          `${name} arrived damaged (its checksum differs). It was removed; download it again.`,
        );
      }
    }
    await describe(path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
