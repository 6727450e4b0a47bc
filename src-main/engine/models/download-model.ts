/** Fetches one model file; it is put in place only after its checksum and its GGUF header have been looked at. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeModel } from '../../llara/describe-model.ts';
import { type DownloadSource, downloadFile } from '../downloads/download-file.ts';
import type { JobControl } from '../jobs/job-control.ts';
import { placeModel } from './place-model.ts';

/** `describe` throws where the file is no model of the kind. Returns the path of the finished file. Throws `disk-full`, `download-invalid`, `model-invalid` or what the connection reports. */
export async function downloadModel(
  source: DownloadSource,
  directory: string,
  control: JobControl,
  describe: (path: string) => Promise<unknown> = describeModel,
): Promise<string> {
  const path = await downloadFile(source, join(directory, 'downloads'), control);
  try {
    await describe(path);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return await placeModel(path, directory, source.fileName);
}
