/**
 * How a model wants its texts: what stands before and after them, and which positions make the vector. Read from the GGUF where it says so, else
 * taken from a small catalogue; a language model that nothing is known of gets LLaRA's prompts in words. It formats nothing itself.
 */
import { AppError } from '../../common/app-error.ts';
import { poolingType } from '../../native/abi/llama-h.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import type { Pooling } from './pooling.ts';
import { catalogueProfile, isNamedEmbedder, languageModelPrompts } from './profile-catalogue.ts';
import { type NormalisationStep, parseNormalisation } from './text-normalisation.ts';

export type Prompt = { prefix: string; suffix: string };

export type PromptProfile = {
  passage: Prompt;
  query: Prompt;
  /**
   * LLaRA tokenises prefix, text and suffix apart, as its authors do; the prompts of other models are words that are
   * tokenised together with the text.
   */
  tokeniseApart: boolean;
  pooling: Pooling;
  normalisation: NormalisationStep[];
};

/** `llara.*` keys first, then a released LLaRA vocabulary, then the catalogue by name, then what a plain language model gets. */
export function readPromptProfile(gguf: GgufFile): PromptProfile {
  const normalisation = parseNormalisation(gguf.string('llara.text.normalization'));
  if (!Array.isArray(normalisation)) {
    throw new AppError(
      'model-invalid',
      `${gguf.path} asks for the text normalization "${normalisation.unknown}", which this version does not know.`,
    );
  }
  const self = gguf.string('llara.prompt.self');
  const next = gguf.string('llara.prompt.next');
  if (self !== undefined && next !== undefined) {
    const prefix = gguf.string('llara.prompt.prefix') ?? '';
    return {
      passage: { prefix, suffix: self },
      query: { prefix, suffix: next },
      tokeniseApart: true,
      pooling: { kind: 'last', count: gguf.number('llara.pooling.last_tokens') ?? 1 },
      normalisation,
    };
  }
  const hasTokens = hasLlaraTokens(gguf);
  if (hasTokens || isPlainLanguageModel(gguf)) {
    const words = languageModelPrompts;
    return {
      passage: { prefix: words.prefix, suffix: words.self + (hasTokens ? ` ${specialTokens(1)}` : '') },
      query: { prefix: words.prefix, suffix: words.next + (hasTokens ? ` ${specialTokens(9)}` : '') },
      tokeniseApart: true,
      pooling: { kind: 'last', count: words.pooledTokens },
      normalisation,
    };
  }
  const known = catalogueProfile(gguf.string('general.name') ?? '', gguf.path);
  return {
    passage: { prefix: known?.passagePrefix ?? '', suffix: '' },
    query: { prefix: known?.queryPrefix ?? '', suffix: '' },
    tokeniseApart: false,
    pooling: ggufPooling(gguf) ?? known?.pooling ?? defaultPooling(gguf),
    normalisation,
  };
}

/** Architectures of language models that can be taught to embed: their graph of ours has an output head. */
const teachable: ReadonlySet<string> = new Set(['llama', 'qwen2', 'qwen3']);

/**
 * Whether a file is a language model of such an architecture that nobody has made an encoder of: it names neither prompts nor pooling, and is
 * not called one.
 */
export function isPlainLanguageModel(gguf: GgufFile): boolean {
  const architecture = gguf.string('general.architecture') ?? '';
  return (
    teachable.has(architecture) &&
    gguf.value(`${architecture}.attention.causal`) !== false &&
    !saysHowToEmbed(gguf) &&
    !isNamedEmbedder(gguf.string('general.name') ?? '', gguf.path)
  );
}

/** By its own keys, its vocabulary, or its name in the catalogue. */
export function saysHowToEmbed(gguf: GgufFile): boolean {
  return (
    gguf.string('llara.prompt.self') !== undefined ||
    ggufPooling(gguf) !== null ||
    catalogueProfile(gguf.string('general.name') ?? '', gguf.path) !== null ||
    hasLlaraTokens(gguf)
  );
}

/** `<arch>.pooling_type`, as llama.cpp's converter writes it. */
export function ggufPooling(gguf: GgufFile): Pooling | null {
  const architecture = gguf.string('general.architecture') ?? '';
  switch (gguf.number(`${architecture}.pooling_type`)) {
    case poolingType.mean:
      return { kind: 'mean' };
    case poolingType.cls:
      return { kind: 'cls' };
    case poolingType.last:
      return { kind: 'last', count: 1 };
    default:
      return null;
  }
}

function defaultPooling(gguf: GgufFile): Pooling {
  const isBert = /bert|t5encoder/.test(gguf.string('general.architecture') ?? '');
  return isBert ? { kind: 'mean' } : { kind: 'last', count: 1 };
}

function hasLlaraTokens(gguf: GgufFile): boolean {
  const tokens = gguf.value('tokenizer.ggml.tokens');
  if (!Array.isArray(tokens)) return false;
  const vocabulary = new Set<string | number>(tokens);
  return Array.from({ length: 16 }, (_, index) => `<s${index + 1}>`).every((token) => vocabulary.has(token));
}

function specialTokens(first: number): string {
  return Array.from({ length: 8 }, (_, index) => `<s${first + index}>`).join('');
}
