/** Reads from a model file how it wants its texts: tokeniser, prompts as token ids, and special tokens. */

import { AppError } from '../../../common/app-error.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { readPromptProfile } from '../../prompt/prompt-profile.ts';
import { normaliseText } from '../../prompt/text-normalisation.ts';
import type { Tokenizer } from '../../prompt/tokenizer.ts';
import type { BranchPrompt } from '../graph/branches.ts';
import type { TrainingText } from './example-tokeniser.ts';
import { plainTrainingText } from './plain-training-text.ts';

/** GGUF token types that stand for no text: unknown, control, user-defined, unused. */
const specialTypes: ReadonlySet<number> = new Set([2, 3, 4, 5]);

/** What to do about a model that cannot be trained. */
export const adaptableModels =
  'Choose one of the encoders that come along, another of BERT, llama, Qwen2, Qwen3 or Gemma 3 architecture, or a language model of llama, Qwen2 or Qwen3 architecture.';

/** Throws `not-supported` where prompts have suffixes as LLaRA's have, and too few tokens in them to pool. */
export function readTrainingText(gguf: GgufFile, tokenizer: Tokenizer): TrainingText {
  const profile = readPromptProfile(gguf);
  const { passage, query, pooling } = profile;
  // LLaRA's prompts have one prefix and two suffixes, pooled over their last tokens.
  if (!profile.tokeniseApart || pooling.kind !== 'last') return plainTrainingText(profile, tokenizer);
  const special = (text: string) => [...tokenizer.tokenize(text, { parseSpecial: true })];
  const prompt: BranchPrompt = {
    prefix: [...tokenizer.aroundText().before, ...special(passage.prefix)],
    selfSuffix: special(passage.suffix),
    nextSuffix: special(query.suffix),
    pooling,
  };
  if (Math.min(prompt.selfSuffix.length, prompt.nextSuffix.length) < pooling.count) {
    throw new AppError(
      'not-supported',
      `${gguf.path} pools ${pooling.count} tokens, but its prompts have fewer after the text, so it cannot be adapted.`,
    );
  }
  const types = gguf.value('tokenizer.ggml.token_type');
  const specialTokens = new Set([...prompt.selfSuffix, ...prompt.nextSuffix]);
  if (Array.isArray(types)) {
    types.forEach((type, id) => {
      if (specialTypes.has(Number(type))) specialTokens.add(id);
    });
  }
  return {
    prompt,
    tokenise: (text, _, limit) =>
      tokenizer.tokenize(normaliseText(text, profile.normalisation)).subarray(0, limit),
    specialTokens,
  };
}
