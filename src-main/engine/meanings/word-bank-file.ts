/**
 * A bank of words on disk: the length of a JSON head (four bytes, little-endian), the head, then mean and scales in single precision and the rows
 * in bytes. It can be made again from the documents, so a file that cannot be read counts as one that is not there.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../../common/replace-file.ts';
import { type BankWord, WordBank } from '../../search/words/word-bank.ts';

const version = 2;
/** The version is the first that a head says. */
const headStart = `{"version":${version},`;

type Head = { version: number; dimension: number; passages: number; words: readonly BankWord[] };

/** `passages`: how many the library had when the words were counted. */
export type KeptBank = { bank: WordBank; passages: number };

export async function readBank(path: string): Promise<KeptBank | null> {
  try {
    const file = await readFile(path);
    const bodyStart = 4 + file.readUInt32LE(0);
    const head = JSON.parse(file.toString('utf8', 4, bodyStart)) as Head;
    const { dimension, passages, words } = head;
    const floats = dimension + words.length;
    const rowsStart = bodyStart + floats * 4;
    if (head.version !== version || file.length !== rowsStart + words.length * dimension) return null;
    // Copied, since the head leaves the numbers anywhere but at a multiple of four.
    const numbers = new Float32Array(new Uint8Array(file.subarray(bodyStart, rowsStart)).buffer);
    const rows = new Int8Array(new Uint8Array(file.subarray(rowsStart)).buffer);
    const parts = {
      words,
      dimension,
      mean: numbers.slice(0, dimension),
      scales: numbers.slice(dimension),
      rows,
    };
    return { bank: new WordBank(parts), passages };
  } catch {
    return null;
  }
}

/** Whether a file is there in the present form, by its first bytes: what an earlier release wrote is made anew. */
export function isPresentBank(path: string): boolean {
  const start = Buffer.alloc(4 + headStart.length);
  try {
    const file = openSync(path, 'r');
    try {
      readSync(file, start, 0, start.length, 0);
    } finally {
      closeSync(file);
    }
  } catch {
    return false;
  }
  return start.toString('utf8', 4) === headStart;
}

/** Makes the folder if it is missing. A kill leaves the old file or the new one. */
export async function writeBank(path: string, { bank, passages }: KeptBank): Promise<void> {
  const { words, dimension, mean, scales, rows } = bank.parts;
  const head = Buffer.from(JSON.stringify({ version, dimension, passages, words } satisfies Head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, Buffer.concat([length, head, bytesOf(mean), bytesOf(scales), bytesOf(rows)]));
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Int8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
