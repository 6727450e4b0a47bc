/**
 * Hyperparameters of an encoder of BERT architecture (XLM-RoBERTa's files are stored as such too), read from its GGUF, and the
 * verdict whether our own graph computes it exactly. Variants that the graph does not cover are named, not approximated; they take
 * the `llama_decode` path, and so do files with missing or misshapen tensors, which llama.cpp refuses in its own words.
 */
import type { GgufFile, GgufTensorInfo } from '../../../native/gguf/gguf-file.ts';
import { isReranker } from '../ranking-head.ts';

export type BertConfig = {
  layerCount: number;
  /** Embedding size E. */
  width: number;
  headCount: number;
  /** Elements per head d. */
  headSize: number;
  feedForward: number;
  vocabularySize: number;
  /** Positions that the model has embeddings for; RoBERTa's converter has cut its offset off already. */
  contextLength: number;
  normEpsilon: number;
};

export type BertConfigResult = { ok: true; config: BertConfig } | { ok: false; reason: string };

export const isBert = (gguf: GgufFile): boolean => gguf.string('general.architecture') === 'bert';

export function readBertConfig(gguf: GgufFile): BertConfigResult {
  const architecture = gguf.string('general.architecture');
  if (architecture !== 'bert') return { ok: false, reason: `architecture ${architecture}` };
  if (gguf.value('bert.attention.causal') !== false) return { ok: false, reason: 'causal attention' };
  if ((gguf.number('split.count') ?? 1) > 1) return { ok: false, reason: 'a model in several files' };
  const number = (key: string) => gguf.number(`bert.${key}`) ?? 0;
  const tensors = gguf.tensors();
  const config: BertConfig = {
    layerCount: number('block_count'),
    width: number('embedding_length'),
    headCount: number('attention.head_count'),
    headSize: number('embedding_length') / number('attention.head_count'),
    feedForward: number('feed_forward_length'),
    vocabularySize: tensors.find(({ name }) => name === 'token_embd.weight')?.shape[1] ?? 0,
    contextLength: number('context_length'),
    normEpsilon: number('attention.layer_norm_epsilon'),
  };
  const unfit = Object.entries(config).find(
    ([key, value]) => !(value > 0 && (key === 'normEpsilon' || Number.isInteger(value))),
  );
  if (unfit !== undefined) return { ok: false, reason: `${unfit[0]} ${unfit[1]}` };
  const otherHeads = ['attention.head_count_kv', 'attention.key_length', 'attention.value_length'].find(
    (key, index) =>
      ![undefined, index === 0 ? config.headCount : config.headSize].includes(gguf.number(`bert.${key}`)),
  );
  if (otherHeads !== undefined) return { ok: false, reason: `another ${otherHeads}` };
  const reason = checkTensors(tensors, expectedTensors(config, isReranker(gguf)));
  return reason === null ? { ok: true, config } : { ok: false, reason };
}

type Expected = { rows: number; columns?: number; isOptional?: boolean; isVector?: boolean };

/** What is missing, unknown or of another shape, null where nothing is. */
function checkTensors(
  tensors: readonly GgufTensorInfo[],
  expected: ReadonlyMap<string, Expected>,
): string | null {
  const present = new Set(tensors.map(({ name }) => name));
  for (const [name, { isOptional }] of expected) {
    if (!isOptional && !present.has(name)) return `no tensor ${name}`;
  }
  for (const { name, type, shape } of tensors) {
    const wanted = expected.get(name);
    if (wanted === undefined) return `tensor ${name}`;
    const { rows, columns = 1, isVector } = wanted;
    // Fewer token types or more positions than one sequence needs do no harm.
    const hasColumns = name === 'token_types.weight' ? shape[1] >= columns : shape[1] === columns;
    if (shape[0] !== rows || !hasColumns) return `tensor ${name} of ${shape[0]} × ${shape[1]}`;
    if (isVector && type !== 'f32') return `tensor ${name} in ${type}`;
  }
  return null;
}

function expectedTensors(config: BertConfig, hasHead: boolean): Map<string, Expected> {
  const { width, feedForward, vocabularySize, contextLength } = config;
  const expected = new Map<string, Expected>([
    ['token_embd.weight', { rows: width, columns: vocabularySize }],
    ['position_embd.weight', { rows: width, columns: contextLength }],
    ['token_types.weight', { rows: width, columns: 1, isOptional: true, isVector: true }],
  ]);
  const norm = (name: string) => {
    expected.set(`${name}.weight`, { rows: width, isVector: true });
    expected.set(`${name}.bias`, { rows: width, isVector: true });
  };
  const linear = (name: string, rows: number, columns: number) => {
    expected.set(`${name}.weight`, { rows, columns });
    expected.set(`${name}.bias`, { rows: columns, isOptional: true, isVector: true });
  };
  norm('token_embd_norm');
  for (let layer = 0; layer < config.layerCount; layer += 1) {
    const name = `blk.${layer}`;
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) linear(`${name}.${part}`, width, width);
    norm(`${name}.attn_output_norm`);
    linear(`${name}.ffn_up`, width, feedForward);
    linear(`${name}.ffn_down`, feedForward, width);
    norm(`${name}.layer_output_norm`);
  }
  if (hasHead) {
    expected.set('cls.weight', { rows: width, columns: width, isOptional: true });
    expected.set('cls.bias', { rows: width, isOptional: true, isVector: true });
    expected.set('cls.output.weight', { rows: width, columns: 1 });
    expected.set('cls.output.bias', { rows: 1, isOptional: true, isVector: true });
  }
  return expected;
}
