/**
 * Turns a text into the token sequence a model expects: special tokens, prefix, text, suffix, and which positions are pooled.
 * Over-long texts lose their end; prefix and suffix never do.
 */
import { AppError } from '../../common/app-error.ts';
import type { TokenSequence } from '../encode/batches/batch-packing.ts';
import type { TextRole } from '../encode/text-encoder.ts';
import { selectedPositions } from './pooling.ts';
import type { PromptProfile } from './prompt-profile.ts';
import { normaliseText } from './text-normalisation.ts';
import { textWindows } from './text-windows.ts';
import type { Tokenizer } from './tokenizer.ts';

type Frame = { before: Int32Array; after: Int32Array; wordPrefix: string };

export class PromptFormatter {
  readonly #tokenizer: Tokenizer;
  readonly #profile: PromptProfile;
  readonly #frames: Readonly<Record<TextRole, Frame>>;
  /** Tokens of text that fit beside the longer of the two prompts. */
  readonly maxTextTokens: number;

  constructor(tokenizer: Tokenizer, profile: PromptProfile, contextLength: number) {
    this.#tokenizer = tokenizer;
    this.#profile = profile;
    this.#frames = { passage: this.#frame('passage'), query: this.#frame('query') };
    const taken = (role: TextRole) => {
      const { before, after, wordPrefix } = this.#frames[role];
      return before.length + after.length + tokenizer.tokenize(wordPrefix).length;
    };
    this.maxTextTokens = contextLength - Math.max(taken('passage'), taken('query'));
    if (this.maxTextTokens < 1) {
      throw new AppError('model-invalid', `The prompts do not fit a context of ${contextLength} tokens.`);
    }
  }

  /** Tokens of the text alone, untruncated. */
  countTokens(text: string): number {
    return this.#tokenizer.tokenize(this.#clean(text)).length;
  }

  /**
   * Whether parts of a passage can have vectors of their own: where all tokens are pooled, or where the pooled ones stand behind the text for no other
   * purpose. A last token that is part of the text gathers what stands before it in all layers, and says nothing of a part.
   */
  get makesWindows(): boolean {
    const { pooling, tokeniseApart } = this.#profile;
    if (pooling.kind === 'mean') return true;
    const { passage } = this.#frames;
    return pooling.kind === 'last' && tokeniseApart && passage.after.length >= pooling.count;
  }

  format(text: string, role: TextRole): TokenSequence {
    const { before, after, wordPrefix } = this.#frames[role];
    const words = wordPrefix + this.#clean(text);
    const limit = this.maxTextTokens + (wordPrefix === '' ? 0 : this.#tokenizer.tokenize(wordPrefix).length);
    const body = this.#tokenizer.tokenize(words).subarray(0, limit);
    let tokens = concatenate(before, body, after);
    // A plain model without special tokens and an empty text would leave nothing to pool.
    if (tokens.length === 0) tokens = new Int32Array([0]);
    return { tokens, selected: selectedPositions(tokens.length, this.#profile.pooling) };
  }

  /** A passage with the parts of it that get vectors of their own; none where `makesWindows` is false. */
  formatPassage(text: string): TokenSequence {
    const sequence = this.format(text, 'passage');
    if (!this.makesWindows) return sequence;
    const { before, after } = this.#frames.passage;
    const length = sequence.tokens.length - before.length - after.length;
    return { ...sequence, windows: textWindows(before.length, length) };
  }

  /** llama.cpp reads user-defined tokens in any text; one that spells `<s1>` must not move the pooled positions. */
  #clean(text: string): string {
    return normaliseText(text, this.#profile.normalisation).replace(/<(s\d{1,2}>)/giu, '< $1');
  }

  #frame(role: TextRole): Frame {
    const { prefix, suffix } = this.#profile[role];
    const { before: head, after: tail } = this.#tokenizer.aroundText();
    if (!this.#profile.tokeniseApart) return { before: head, after: tail, wordPrefix: prefix };
    const special = (text: string) => this.#tokenizer.tokenize(text, { parseSpecial: true });
    return { before: concatenate(head, special(prefix)), after: special(suffix), wordPrefix: '' };
  }
}

function concatenate(...parts: Int32Array[]): Int32Array {
  const result = new Int32Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
