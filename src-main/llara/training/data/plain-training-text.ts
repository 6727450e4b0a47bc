/**
 * How a model whose prompts are words before the text ("query: ", "passage: ") or nothing wants its texts. Words are tokenised together
 * with the text, as the encoder does. EBAE and EBAR need a suffix of their own to pool, so no loss asks for special tokens.
 */
import type { PromptProfile } from '../../prompt/prompt-profile.ts';
import { normaliseText } from '../../prompt/text-normalisation.ts';
import type { Tokenizer } from '../../prompt/tokenizer.ts';
import type { TrainingText } from './example-tokeniser.ts';

export function plainTrainingText(
  { passage, query, pooling, normalisation }: PromptProfile,
  tokenizer: Tokenizer,
): TrainingText {
  const { before, after } = tokenizer.aroundText();
  const words = { self: passage.prefix, next: query.prefix };
  const taken = {
    self: tokenizer.tokenize(words.self).length,
    next: tokenizer.tokenize(words.next).length,
  };
  const suffix = [...after];
  return {
    prompt: { prefix: [...before], selfSuffix: suffix, nextSuffix: suffix, pooling },
    tokenise: (text, branch, limit) => {
      const body = normaliseText(text, normalisation);
      if (body.trim() === '') return new Int32Array(0);
      return tokenizer.tokenize(words[branch] + body).subarray(0, taken[branch] + limit);
    },
    specialTokens: new Set(),
  };
}
