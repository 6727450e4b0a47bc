/**
 * By which rules the terms in the word index were made. Other rules make other terms of the same words, so that a question would miss what they
 * hold; terms that are not of the present rules are made anew from the passages.
 */
import { z } from 'zod';
import { analysisVersion } from '../../words/analyse-text.ts';
import type { StoreNote } from '../storage/table-storage.ts';

/** What the note is called. */
export const termRulesName = 'word-rules';

const noteSchema = z.object({ rules: z.number() });
/** Of the passages that were written before there was a note. */
const firstRules = 1;

export async function hasPresentRules(note: StoreNote): Promise<boolean> {
  let rules = firstRules;
  const text = await note.read();
  try {
    rules = noteSchema.parse(JSON.parse(text ?? '')).rules;
  } catch {
    // Not there, or damaged: terms are made once too often rather than not.
  }
  return rules === analysisVersion;
}

export const notePresentRules = (note: StoreNote): Promise<void> =>
  note.write(JSON.stringify({ rules: analysisVersion }));
