/** Which of the encoders that come with the product knows the languages of a library. */

/** The default serves a library that it knows this much of: it is the quicker one. */
const enoughShare = 0.8;
/** A change must be worth its time. */
const minGain = 0.1;

/**
 * `models`: the default first; one that names no languages is never chosen in another's place. `shares`: part of the passages by language, of those
 * whose language is known; empty where none is.
 */
export function fittingModel<Model extends { languages: readonly string[] }>(
  models: readonly Model[],
  shares: ReadonlyMap<string, number>,
): Model | undefined {
  const [first, ...others] = models;
  if (!first || shares.size === 0 || first.languages.length === 0) return first;
  const known = ({ languages }: Model) => languages.reduce((sum, code) => sum + (shares.get(code) ?? 0), 0);
  if (known(first) >= enoughShare) return first;
  const best = others.reduce((best, model) => (known(model) > known(best) ? model : best), first);
  return known(best) - known(first) >= minGain ? best : first;
}
