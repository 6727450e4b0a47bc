/** What a GGUF file says of itself as a chat model, without loading weights. Throws where it cannot answer at all. */
import { basename } from 'node:path';
import { AppError } from '../common/app-error.ts';
import { GgufFile } from '../native/gguf/gguf-file.ts';
import { NativeRuntime } from '../native/native-runtime.ts';

export type ChatModelDescription = {
  name: string;
  licence: string | null;
  contextLength: number;
  /** Memory of one token of context: keys and values of every layer in half precision. */
  bytesPerToken: number;
};

/** Throws `model-missing` or `model-invalid`. */
export async function describeChatModel(path: string): Promise<ChatModelDescription> {
  const gguf = await GgufFile.create(await NativeRuntime.create(), path);
  try {
    const architecture = gguf.string('general.architecture');
    if (architecture === undefined || gguf.string('general.type') === 'adapter')
      throw new AppError('model-invalid', `${path} is a GGUF file, but no model.`);
    if (gguf.string('tokenizer.chat_template') === undefined)
      throw new AppError(
        'model-invalid',
        `${path} holds no chat template, so it is no chat model. Choose a file whose name says "instruct" or "chat".`,
      );
    const layers = gguf.requireNumber(`${architecture}.block_count`);
    const width = gguf.requireNumber(`${architecture}.embedding_length`);
    const heads = gguf.number(`${architecture}.attention.head_count`) ?? 1;
    const keyHeads = gguf.number(`${architecture}.attention.head_count_kv`) ?? heads;
    const headWidth = gguf.number(`${architecture}.attention.key_length`) ?? width / heads;
    return {
      name: gguf.string('general.name') ?? basename(path, '.gguf'),
      licence: gguf.string('general.license') ?? null,
      contextLength: gguf.requireNumber(`${architecture}.context_length`),
      bytesPerToken: 2 * 2 * layers * keyHeads * headWidth,
    };
  } finally {
    gguf.dispose();
  }
}
