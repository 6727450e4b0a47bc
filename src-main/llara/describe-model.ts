/** What a GGUF model file says of itself, without loading weights. Throws where it can be used neither as an encoder nor as a reranker. */
import { basename } from 'node:path';
import { AppError } from '../common/app-error.ts';
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';
import { readLlamaConfig } from './graph/llama/llama-config.ts';
import { isReranker, rerankerProblem } from './graph/ranking-head.ts';
import { isNamedEmbedder } from './prompt/profile-catalogue.ts';
import { isPlainLanguageModel, readPromptProfile, saysHowToEmbed } from './prompt/prompt-profile.ts';
import { rerankerShape } from './rerank/reranker-shape.ts';
import { type NetworkShape, readNetworkShape } from './training/network-shape.ts';

export type ModelDescription = {
  /** A reranker makes no vectors: it reads a question and a passage together and says how well the one answers the other. */
  kind: 'encoder' | 'reranker';
  name: string;
  architecture: string;
  dimension: number;
  contextLength: number;
  licence: string | null;
  languages: string[];
  /** A plain language model that this version can teach to embed. */
  isLanguageModel: boolean;
  /** A chat model that embeds nothing useful as it is, and that this version cannot teach to. */
  isChatModelOnly: boolean;
  /** Null where no graph of our own computes an encoder. */
  shape: NetworkShape | null;
};

/** Throws `model-missing` or `model-invalid`. */
export async function describeModel(path: string, runtime?: NativeRuntime): Promise<ModelDescription> {
  const gguf = await GgufFile.create(runtime ?? (await NativeRuntime.create()), path);
  try {
    const architecture = gguf.string('general.architecture');
    if (architecture === undefined || gguf.string('general.type') === 'adapter') {
      throw new AppError('model-invalid', `${path} is a GGUF file, but no model.`);
    }
    if (!gguf.has('tokenizer.ggml.tokens')) {
      throw new AppError('model-invalid', `${path} has no tokenizer, so texts cannot be embedded with it.`);
    }
    const kind = isReranker(gguf) ? 'reranker' : 'encoder';
    const problem = kind === 'reranker' ? rerankerProblem(gguf) : null;
    if (problem) throw new AppError('model-invalid', problem);
    if (kind === 'encoder') readPromptProfile(gguf);
    const network = kind === 'reranker' ? rerankerShape(gguf) : readNetworkShape(gguf);
    return {
      kind,
      name: gguf.string('general.name') ?? basename(path, '.gguf'),
      architecture,
      dimension: gguf.requireNumber(`${architecture}.embedding_length`),
      contextLength: gguf.requireNumber(`${architecture}.context_length`),
      licence: gguf.string('general.license') ?? null,
      languages: modelLanguages(gguf),
      isLanguageModel: kind === 'encoder' && isTeachable(gguf),
      isChatModelOnly: kind === 'encoder' && isChatModelOnly(gguf),
      shape: network.ok ? network.shape : null,
    };
  } finally {
    gguf.dispose();
  }
}

/** ISO 639-1, as the file states them; empty where it does not. */
export function modelLanguages(gguf: GgufFile): string[] {
  const languages = gguf.value('general.languages');
  return Array.isArray(languages) ? languages.map(String) : [];
}

const isTeachable = (gguf: GgufFile): boolean => isPlainLanguageModel(gguf) && readLlamaConfig(gguf).ok;

function isChatModelOnly(gguf: GgufFile): boolean {
  if (gguf.string('tokenizer.chat_template') === undefined || saysHowToEmbed(gguf)) return false;
  return !isNamedEmbedder(gguf.string('general.name') ?? '', gguf.path) && !isTeachable(gguf);
}
