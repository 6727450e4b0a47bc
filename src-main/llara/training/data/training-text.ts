/** Reads from a model file how it wants its texts: tokeniser, prompts as token ids, and special tokens. */

import { AppError } from '../../../common/app-error.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { isBert } from '../../graph/bert/bert-config.ts';
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
  'Choose one of the encoders that come along, another of BERT architecture or with LLaRA prompts, or a language model of the llama architecture.';

/**
 * Throws `not-supported` for models of llama architecture whose two prompts are not LLaRA's: one prefix, two suffixes, pooled over their
 * last tokens.
 */
export function readTrainingText(gguf: GgufFile, tokenizer: Tokenizer): TrainingText {
  const profile = readPromptProfile(gguf);
  if (isBert(gguf)) return plainTrainingText(profile, tokenizer);
  const { passage, query, pooling } = profile;
  if (!profile.tokeniseApart || pooling.kind !== 'last' || passage.prefix !== query.prefix) {
    throw new AppError(
      'not-supported',
      `${gguf.path} has prompts of another kind than LLaRA's, so it cannot be adapted. ${adaptableModels}`,
    );
  }
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
