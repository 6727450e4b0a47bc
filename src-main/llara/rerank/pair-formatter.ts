/**
 * A question and a passage as the one token sequence that a reranker reads: in the form of BERT or of RoBERTa, as the special tokens of its
 * vocabulary tell, or in the words of the template that the file holds. What is too long loses its end, the passage first.
 */
import { AppError } from '../../common/app-error.ts';
import type { GgufFile } from '../../native/gguf/gguf-file.ts';
import type { Tokenizer } from '../prompt/tokenizer.ts';

/** Such as [CLS] question [SEP] passage [SEP]. */
export type Pair = {
  tokens: Int32Array;
  /** Where the passage begins, for models that have a type for it. */
  secondFrom?: number;
};

export type FormatPair = (question: string, passage: string) => Pair;

/** What a question may take of the room, so that some of the passage is read in any case. */
const questionShare = 0.4;
/** More characters than this for each token of room are cut off unread. */
const mostCharactersPerToken = 12;

/** `maxTokens` of a pair. Throws `model-invalid` where the file does not tell how pairs are written. */
export function pairFormatter(gguf: GgufFile, tokenizer: Tokenizer, maxTokens: number): FormatPair {
  const template = gguf.string('tokenizer.chat_template.rerank');
  if (template?.includes('{query}') && template.includes('{document}'))
    return fromTemplate(template, tokenizer, maxTokens);
  const { before, after } = tokenizer.aroundText();
  const end = after.at(-1);
  if (end === undefined)
    throw new AppError(
      'model-invalid',
      `${gguf.path} does not tell how a question and a passage are put together: it has neither a closing token nor a template for reranking.`,
    );
  // RoBERTa and its kin close the question and open the passage, BERT has one token for both.
  const isRoberta = tokenizer.textOf(end) === '</s>';
  const between = isRoberta ? [...after, ...after] : [...after];
  const room = maxTokens - before.length - between.length - after.length;
  return (question, passage) => {
    const asked = tokenizer.tokenize(cut(question, room)).subarray(0, Math.floor(room * questionShare));
    const read = tokenizer.tokenize(cut(passage, room)).subarray(0, room - asked.length);
    const first = [...before, ...asked, ...between];
    const tokens = Int32Array.from([...first, ...read, ...after]);
    return isRoberta ? { tokens } : { tokens, secondFrom: first.length };
  };
}

/** Words of the template are joined to those of the texts before they are tokenised, as llama.cpp's server does. */
function fromTemplate(template: string, tokenizer: Tokenizer, maxTokens: number): FormatPair {
  const tokensOf = (question: string, passage: string) =>
    tokenizer.tokenize(
      template.replace(/\{(query|document)\}/g, (_, part) => (part === 'query' ? question : passage)),
      { parseSpecial: true },
    );
  const room = maxTokens - tokensOf('', '').length;
  return (question, passage) => {
    const asked = shortened(harmless(cut(question, room)), Math.floor(room * questionShare), (text) =>
      tokenizer.tokenize(text),
    );
    const read = shortened(harmless(cut(passage, room)), maxTokens, (text) => tokensOf(asked, text));
    return { tokens: tokensOf(asked, read) };
  };
}

/** A text that spells a control token, such as `<|im_end|>`, must not end the passage. */
const harmless = (text: string): string => text.replace(/<(?=[|/])/g, '< ');

const cut = (text: string, room: number): string => text.slice(0, Math.max(0, room) * mostCharactersPerToken);

/** The beginning of a text of which `tokensOf` makes at most `limit` tokens. */
function shortened(text: string, limit: number, tokensOf: (text: string) => Int32Array): string {
  let kept = text;
  for (;;) {
    const count = tokensOf(kept).length;
    if (count <= limit || kept === '') return kept;
    kept = kept.slice(0, Math.floor(kept.length * Math.min(0.95, limit / count)));
  }
}
