/** Estimates token counts for a library without an encoder, so that its passages get their usual size. */

const charactersPerToken = 4.2;

export function approximateTokenCounts(texts: readonly string[]): number[] {
  return texts.map((text) => Math.ceil(text.length / charactersPerToken));
}
