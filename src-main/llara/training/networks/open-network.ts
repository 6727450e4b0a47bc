/** Loads the frozen weights of a model for training, by its architecture. */

import { AppError } from '../../../common/app-error.ts';
import type { Backend } from '../../../native/ggml/backend.ts';
import type { GgufFile } from '../../../native/gguf/gguf-file.ts';
import { isBert } from '../../graph/bert/bert-config.ts';
import { BertWeights } from '../../graph/bert/bert-weights.ts';
import { isGemma } from '../../graph/gemma/gemma-config.ts';
import { GemmaWeights } from '../../graph/gemma/gemma-weights.ts';
import { LlamaWeights } from '../../graph/llama/llama-weights.ts';
import { BertNetwork } from './bert-network.ts';
import { GemmaNetwork } from './gemma-network.ts';
import { LlamaNetwork } from './llama-network.ts';
import type { TrainedNetwork } from './trained-network.ts';

export type OpenedNetwork = {
  network: TrainedNetwork;
  /** What the file says of it, as an adapter must too. */
  architecture: string;
  /** Owner of the weights. */
  stored: { readonly byteLength: number; dispose(): void };
};

/** Throws `not-supported` where no graph of our own computes the model, or it has no output head and one is asked for. */
export async function openNetwork(
  backend: Backend,
  gguf: GgufFile,
  { withHead }: { withHead: boolean },
): Promise<OpenedNetwork> {
  const architecture = gguf.string('general.architecture') ?? 'unknown';
  if (withHead && (isBert(gguf) || isGemma(gguf))) {
    throw new AppError(
      'not-supported',
      `Our graph of ${gguf.path} has no output head, so EBAE and EBAR cannot be trained.`,
    );
  }
  if (isGemma(gguf)) {
    const stored = await GemmaWeights.create(backend, gguf);
    return { network: new GemmaNetwork(stored), architecture, stored };
  }
  if (isBert(gguf)) {
    const stored = await BertWeights.create(backend, gguf);
    return { network: new BertNetwork(stored), architecture, stored };
  }
  const stored = await LlamaWeights.create(backend, gguf, { withHead });
  return { network: new LlamaNetwork(stored), architecture, stored };
}
