/**
 * A checkpoint: everything a run needs to go on exactly where it stopped. It is written beside its place, flushed
 * and renamed, so the file is the old one or the new one. A checkpoint of another run is refused.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../../../common/replace-file.ts';
import type { AveragedState } from './averaged-state.ts';

export type Checkpoint = AveragedState & {
  /** Identity of model, data and settings; a run resumes only from its own. */
  fingerprint: string;
  step: number;
  totalSteps: number;
  trainedSeconds: number;
  trainedTokens: number;
  /** Validation loss before the first step, and the lowest so far; null without validation examples. */
  firstValidation: number | null;
  bestValidation: number | null;
  names: string[];
  /** By name: parameters, Adam's moments, and the best parameters so far; so is the mean. */
  parameters: Float32Array[];
  firstMoments: Float32Array[];
  secondMoments: Float32Array[];
  bestParameters: Float32Array[];
};

const magic = 'LLARACK2';
const arrayFields = [
  'parameters',
  'firstMoments',
  'secondMoments',
  'meanParameters',
  'bestParameters',
] as const;

export async function saveCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { parameters, firstMoments, secondMoments, meanParameters, bestParameters, ...scalars } = checkpoint;
  const lengths = parameters.map((values) => values.length);
  const header = Buffer.from(JSON.stringify({ ...scalars, lengths }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const arrays = [parameters, firstMoments, secondMoments, meanParameters, bestParameters].flat();
  const bytes = arrays.map((values) => Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, Buffer.concat([Buffer.from(magic), size, header, ...bytes]));
}

/** Null where there is no checkpoint, it is damaged, or it belongs to another run. */
export async function loadCheckpoint(path: string, fingerprint: string): Promise<Checkpoint | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!bytes || bytes.length < 12 || bytes.toString('latin1', 0, 8) !== magic) return null;
  const headerEnd = 12 + bytes.readUInt32LE(8);
  const { lengths, ...scalars } = JSON.parse(bytes.toString('utf8', 12, headerEnd));
  const total = arrayFields.length * lengths.reduce((sum: number, length: number) => sum + 4 * length, 0);
  if (scalars.fingerprint !== fingerprint || bytes.length !== headerEnd + total) return null;
  let offset = headerEnd;
  const take = () =>
    lengths.map((length: number) => {
      const values = new Float32Array(length);
      Buffer.from(values.buffer).set(bytes.subarray(offset, offset + 4 * length));
      offset += 4 * length;
      return values;
    });
  const arrays = Object.fromEntries(arrayFields.map((field) => [field, take()]));
  return { ...scalars, ...arrays };
}
