/** Reads from a LLaRA model file how it wants its texts: tokeniser, prompts as token ids, and special tokens. */
import { AppError } from '../../../common/app-error.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { readPromptProfile } from '../../prompt/prompt-profile.ts';
import { normaliseText } from '../../prompt/text-normalisation.ts';
import type { Tokenizer } from '../../prompt/tokenizer.ts';
import type { BranchPrompt } from '../graph/branches.ts';
import type { TrainingText } from './example-tokeniser.ts';

/** GGUF token types that stand for no text: unknown, control, user-defined, unused. */
const specialTypes: ReadonlySet<number> = new Set([2, 3, 4, 5]);

/** What to do about a model that cannot be trained. */
export const adaptableModels =
  'Choose an encoder with LLaRA prompts, such as the one that comes along, or a language model of the llama architecture.';

/** Throws `not-supported` for models whose two prompts are not LLaRA's: one prefix, two suffixes, pooled over their last tokens. */
export function readTrainingText(gguf: GgufFile, tokenizer: Tokenizer): TrainingText {
  const profile = readPromptProfile(gguf);
  const { passage, query, pooling } = profile;
  if (!profile.tokeniseApart || pooling.kind !== 'last' || passage.prefix !== query.prefix) {
    throw new AppError(
      'not-supported',
      `${gguf.path} has prompts of another kind than LLaRA's, so it cannot be adapted. ${adaptableModels}`,
    );
  }
  const special = (text: string) => [...tokenizer.tokenize(text, { parseSpecial: true })];
  const prompt: BranchPrompt = {
    prefix: [...beginOfText(tokenizer), ...special(passage.prefix)],
    selfSuffix: special(passage.suffix),
    nextSuffix: special(query.suffix),
    pooledPositions: pooling.count,
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
    tokenise: (text) => tokenizer.tokenize(normaliseText(text, profile.normalisation)),
    specialTokens,
  };
}

/** What the tokeniser puts before a text of its own accord. */
function beginOfText(tokenizer: Tokenizer): Int32Array {
  const bare = tokenizer.tokenize('a');
  const framed = tokenizer.tokenize('a', { addSpecial: true });
  const start = framed.findIndex((_, at) => bare.every((token, offset) => framed[at + offset] === token));
  return framed.slice(0, Math.max(0, start));
}
