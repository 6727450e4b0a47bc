/**
 * By which rules the terms in the word index were made. Other rules make other terms of the same words, so that a question would miss what they
 * hold; terms that are not of the present rules are made anew from the passages.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../../common/replace-file.ts';
import { analysisVersion } from '../../words/analyse-text.ts';

const noteSchema = z.object({ rules: z.number() });
/** Of the passages that were written before there was a note. */
const firstRules = 1;

export async function hasPresentRules(directory: string): Promise<boolean> {
  let rules = firstRules;
  try {
    rules = noteSchema.parse(JSON.parse(await readFile(notePath(directory), 'utf8'))).rules;
  } catch {
    // Not there, or damaged: terms are made once too often rather than not.
  }
  return rules === analysisVersion;
}

export const notePresentRules = (directory: string): Promise<void> =>
  replaceFile(notePath(directory), JSON.stringify({ rules: analysisVersion }));

const notePath = (directory: string): string => join(directory, 'word-rules.json');
