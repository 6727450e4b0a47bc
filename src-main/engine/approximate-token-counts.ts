/** Token counts for a library without an encoder, so that passages have their usual size all the same. */

const charactersPerToken = 4.2;

export function approximateTokenCounts(texts: readonly string[]): number[] {
  return texts.map((text) => Math.ceil(text.length / charactersPerToken));
}
