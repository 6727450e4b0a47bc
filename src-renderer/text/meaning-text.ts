/** How far a library can be found by meaning, in words; null where there is nothing to say, as without passages. */
import type { Library } from '../../src-main/contract/libraries.ts';
import { strings } from '../strings.ts';

export function meaningText({ meaning, encoder }: Pick<Library, 'meaning' | 'encoder'>): string | null {
  const { passages, embedded } = meaning;
  if (passages === 0) return null;
  if (encoder === null) return strings.library.wordsAlone(passages);
  if (embedded >= passages) return strings.library.wordsAndMeaning(passages);
  // Never “100 %” before the last passage.
  return strings.library.meaningShare(passages, Math.min(99, Math.floor((100 * embedded) / passages)));
}

/** Whether a question asked now may miss what it would find later. */
export function meaningIsIncomplete({ meaning, encoder }: Pick<Library, 'meaning' | 'encoder'>): boolean {
  return encoder !== null && meaning.embedded < meaning.passages;
}
