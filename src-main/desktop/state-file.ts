/**
 * Stores one small text of the shell, such as the place of the window. Losing it does no harm, so reading and
 * writing never fail.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export function readStateFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // First start, or not readable: the default serves.
  }
}

/** Replaces the file in one step. */
export function writeStateFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch (error) {
    console.warn(`Not remembered in ${path}: ${String(error)}`);
  }
}
